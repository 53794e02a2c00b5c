package import FleetBase

/// A container image of a package version, which is made when somebody wants it: many packages run where no container
/// engine is.
package struct PlannedImage: Sendable {
    /// Those that run in it, by their names.
    package let engines: [String]
    /// Whether its containers get a network.
    let hasNetwork: Bool
    /// For which machines it is, as uname(1) says it.
    let architecture: String
    /// By which docker and podman know it: `NAME:VERSION`.
    package let reference: String
    private let maker: ImageMaker

    init(
        engines: [String], hasNetwork: Bool, architecture: String, reference: String,
        make: @escaping @Sendable () throws -> BuiltImage
    ) {
        (self.engines, self.hasNetwork, self.architecture) = (engines, hasNetwork, architecture)
        (self.reference, maker) = (reference, ImageMaker(make))
    }

    /// Makes it unless it is there; whoever asks meanwhile waits for the same one.
    package func built() async throws(Failure) -> BuiltImage { try await maker.image().get() }
}

private actor ImageMaker {
    private let make: @Sendable () throws -> BuiltImage
    private var making: Task<Result<BuiltImage, Failure>, Never>?

    init(_ make: @escaping @Sendable () throws -> BuiltImage) { self.make = make }

    func image() async -> Result<BuiltImage, Failure> {
        let making =
            self.making
            ?? Task { [make] in
                await ThreadExecutor.disk.run {
                    do {
                        return .success(try make())
                    } catch {
                        return .failure(Failure(onMaster: error))
                    }
                }
            }
        self.making = making
        return await making.value
    }
}
