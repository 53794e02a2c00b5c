package import FleetBase

/// A container image of a package version, which is made when somebody wants it: many packages run where no container
/// engine is.
package struct PlannedImage: Sendable {
    /// Those that run in it, by their names.
    package let engines: [String]
    /// Whether its containers get a network.
    package let hasNetwork: Bool
    /// For which machines it is, as uname(1) says it.
    package let architecture: String
    /// By which docker and podman know it: `NAME:VERSION`.
    package let reference: String
    private let maker: ImageMaker

    init(
        engines: [String], hasNetwork: Bool, architecture: String, reference: String,
        make: @escaping @Sendable (Alarm) throws -> BuiltImage
    ) {
        (self.engines, self.hasNetwork, self.architecture) = (engines, hasNetwork, architecture)
        (self.reference, maker) = (reference, ImageMaker(make))
    }

    /// Makes it unless it is there; whoever asks meanwhile waits for the same one. Cancelled, it ends what makes it.
    package func built() async throws(Failure) -> BuiltImage { try await maker.image() }
}

private actor ImageMaker {
    private struct Making {
        let alarm = Alarm()
        let task: Task<Result<BuiltImage, Failure>, Never>

        init(_ make: @escaping @Sendable (Alarm) throws -> BuiltImage) {
            let alarm = alarm
            task = Task {
                await ThreadExecutor.disk.run {
                    do {
                        return .success(try make(alarm))
                    } catch let failure as Failure {
                        return .failure(failure)
                    } catch {
                        return .failure(Failure(onMaster: error))
                    }
                }
            }
        }
    }

    private let make: @Sendable (Alarm) throws -> BuiltImage
    private var making: Making?

    init(_ make: @escaping @Sendable (Alarm) throws -> BuiltImage) { self.make = make }

    func image() async throws(Failure) -> BuiltImage {
        while true {
            let making = self.making ?? Making(make)
            self.making = making
            let result = await withTaskCancellationHandler {
                await making.task.value
            } onCancel: {
                making.alarm.raise()
            }
            guard case .failure(let failure) = result else { return try result.get() }
            if self.making?.task == making.task { self.making = nil }
            // Somebody else was cancelled who waited for it, too.
            guard failure.kind == .cancelled, !Task.isCancelled else { throw failure }
        }
    }
}
