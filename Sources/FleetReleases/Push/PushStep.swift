package import FleetBase
package import FleetConfig
import FleetPackage

/// One step of a push on one host: decided from what the host has, shown by a dry run, carried out by a push.
package enum PushStep: Sendable, Hashable {
    case release(ReleaseStep)
    case image(ImageStep)
}

/// What a host needs to have a release as the current one.
package enum ReleaseStep: Sendable, Hashable {
    /// The release travels, as a whole or as what differs from a release that the host has.
    case send(SentRelease)
    /// A release that is there becomes the current one.
    case activate
}

/// What an engine needs to have an image under its names.
package enum ImageStep: Sendable, Hashable {
    /// An image travels into an engine.
    case load(SentImage)
    /// An image that is there gets its names.
    case name(SentImage)
}

/// A release on its way to a host.
package struct SentRelease: Sendable, Hashable {
    let stream: PushStream
    /// How it travels; nil for no compression.
    let compression: PackageArchive.Compression?
    /// A push of it was cut off before: the rest travels.
    package let isResumed: Bool
    /// The size of the archive; a rest is smaller.
    package let bytes: ByteCount

    /// The release that the host builds upon; nil when the whole travels.
    package var base: String? { stream.base }
}

/// An image on its way into an engine.
package struct SentImage: Sendable, Hashable {
    let image: BuiltImage
    package let engine: FleetConfig.Method
    /// How many layers, from the lowest, the engine has.
    var layersKept = 0
    var compression: PackageArchive.Compression?
    /// The size of the shortest form; an engine that refuses it gets a longer one. Zero when only names are given.
    package var bytes = ByteCount(0)
}
