import FleetBase
import FleetConfig
import Glibc

/// An image as a package declares it.
struct DeclaredImage {
    /// Whose own it is; nil for that of the package.
    let owner: String?
    let image: PackageImage
    /// Those that run in it; empty when none does.
    let engines: [PackageEngine]
}

extension PackageFile {
    /// In the order of the engines that run in them.
    var declaredImages: [DeclaredImage] {
        func isInside(_ engine: PackageEngine) -> Bool {
            image(of: engine) != nil && engine.methods.contains(where: \.isContainer)
        }
        var declared: [DeclaredImage] = []
        let shared = image.map { image in
            DeclaredImage(owner: nil, image: image, engines: engines.filter { $0.image == nil && isInside($0) })
        }
        // Also when nobody runs in it: its author wants it.
        if let shared, shared.engines.isEmpty { declared.append(shared) }
        for engine in engines {
            if let own = engine.image {
                declared.append(
                    DeclaredImage(owner: engine.name, image: own, engines: isInside(engine) ? [engine] : []))
            } else if let shared, shared.engines.first == engine {
                declared.append(shared)
            }
        }
        return declared
    }
}

extension DeclaredImage {
    /// For which machines it is: those of the first engine that runs in it, else this one's kind, as is what this machine
    /// runs programs with.
    var architecture: String {
        if case .runtime = image.base { return Self.machine }
        return engines.compactMap(\.architectures.first).first ?? Self.machine
    }

    /// As uname(1) says it.
    private static var machine: String {
        var system = utsname()
        uname(&system)
        return withUnsafeBytes(of: &system.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
