import FleetBase
package import FleetConfig
import FleetEvents
import FleetHosts
package import FleetReleases

/// Builds packages, and archives of them to be carried by hand.
package struct PackageOperation: Operation {
    package static let name = "package"
    package static let needsInventory = false

    /// All of the project's when empty.
    package var packages: [String]
    /// The name or file of the key to sign with; the inventory's when nil.
    package var signingKey: String?
    /// Whether an archive is written, too, whose name ends in the time.
    package var isTimestamped = false
    /// The hosts that get an archive which brings its own installer.
    package var bundleHosts: HostSelector?

    package init(_ packages: [String] = []) { self.packages = packages }

    package struct Built: Sendable {
        package let package: BuiltPackage
        /// Where the archive for people lies.
        package let path: String
        /// With the engines that run in them.
        package let images: [(engines: [String], image: BuiltImage)]
        package let bundles: [Bundle]
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try await context.ownPackages(packages)
    }

    package func perform(in context: OperationContext) async throws -> [Built] {
        let key = try signingKey ?? context.service.inventoryIfThere.signingKey
        let builder = try await context.builder(signingKey: key)
        let hosts = try bundleHosts?.select(from: context.service.currentInventory) ?? []
        var results: [Built] = []
        for name in packages.isEmpty ? builder.names : packages {
            let package = try await builder.build(name)
            for note in package.missingNotes { context.events.tell(.note(note)) }
            let images = try await images(of: package, context)
            results.append(try await write(package, images, for: hosts, builder))
        }
        return results
    }

    private func write(
        _ package: BuiltPackage, _ images: [(engines: [String], image: BuiltImage)], for hosts: [Host],
        _ builder: PackageBuilder
    ) async throws -> Built {
        let isTimestamped = isTimestamped
        return try await ThreadExecutor.disk.run {
            let path = isTimestamped ? try builder.writeTimestamped(package) : package.archive
            // The image that a push would bring.
            let bundles = try hosts.map { try builder.writeBundle(package, images.first?.image, for: $0) }
            return Built(package: package, path: path, images: images, bundles: bundles)
        }
    }

    /// The images that can be made; what keeps others from it, hosts can do without.
    private func images(
        of package: BuiltPackage, _ context: OperationContext
    ) async throws -> [(engines: [String], image: BuiltImage)] {
        var images: [(engines: [String], image: BuiltImage)] = []
        for planned in package.images {
            do throws(Failure) {
                images.append((planned.engines, try await planned.built()))
            } catch {
                guard error.kind != .cancelled else { throw error }
                let (name, engines) = (package.name, planned.engines.joined(separator: ", "))
                context.events.tell(
                    .note(Message("the engine \(engines) of \(name) is packed without its image: \(error.message)")))
            }
        }
        return images
    }
}
