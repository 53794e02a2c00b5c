import FleetBase
import FoundationEssentials
import Glibc

/// An image that lies in a folder: an OCI layout (image-spec 1.0), or an archive of `docker save` unpacked.
struct ImageFolder {
    private let folder: String
    private let configuration: JSONValue
    /// The files of the layers, from the lowest up.
    private let layers: [String]

    init(_ folder: String, architecture: String) throws(PackageError) {
        self.folder = folder
        // Newer dockers write both; theirs is the simpler one.
        if access(folder + "/manifest.json", F_OK) == 0 {
            (configuration, layers) = try Self.readDocker(folder)
        } else {
            (configuration, layers) = try Self.readLayout(folder, architecture)
        }
    }

    func base(in store: LayerStore) throws(PackageError) -> ImageBase {
        var kept: [ImageLayer] = []
        for layer in layers { kept.append(try store.add(copyOf: try resolved(layer))) }
        guard case .array(let names) = configuration["rootfs"]?["diff_ids"],
            names.compactMap(\.string) == kept.map(\.tarDigest.blob)
        else { throw Self.bad(Message("its layers are not those that its configuration names")) }
        return ImageBase(layers: kept, configuration: configuration)
    }

    /// `docker save` writes a layer that comes twice as a link to the first.
    private func resolved(_ name: String) throws(PackageError) -> String {
        let path = "\(folder)/\(name)"
        guard let real = realpath(path, nil), let root = realpath(folder, nil) else { throw .unreadable(path) }
        defer {
            free(real)
            free(root)
        }
        guard String(cString: real).hasPrefix(String(cString: root) + "/") else {
            throw Self.bad(Message("\(name) is not a file in it"))
        }
        return String(cString: real)
    }

    private static func readDocker(_ folder: String) throws(PackageError) -> (JSONValue, [String]) {
        guard case .array(let images) = try json("manifest.json", in: folder), let image = images.first,
            let config = image["Config"]?.string, case .array(let layers) = image["Layers"]
        else { throw bad(Message("its manifest.json is none of docker's")) }
        guard images.count == 1 else { throw bad(Message("it holds \(images.count) images, not one")) }
        return (try json(config, in: folder), layers.compactMap(\.string))
    }

    private static func readLayout(_ folder: String, _ architecture: String) throws(PackageError) -> (
        JSONValue, [String]
    ) {
        var manifest = try json("index.json", in: folder)
        // An index may name others.
        for _ in 0..<4 {
            guard case .array(let entries) = manifest["manifests"] else { break }
            manifest = try json(blob(try choice(entries, architecture)["digest"]), in: folder)
        }
        guard let config = manifest["config"]?["digest"], case .array(let layers) = manifest["layers"] else {
            throw bad(Message("its index.json leads to no image"))
        }
        var files: [String] = []
        for layer in layers { files.append(try blob(layer["digest"])) }
        return (try json(blob(config), in: folder), files)
    }

    private static func choice(_ entries: [JSONValue], _ architecture: String) throws(PackageError) -> JSONValue {
        let wanted = JSONValue.string(ImageSettings.goArchitecture(architecture))
        let fitting = entries.filter { entry in
            entry["platform"].map { $0["architecture"] == wanted && $0["os"] == .string("linux") } ?? true
        }
        guard let entry = fitting.first else { throw bad(Message("it holds no image for \(architecture)")) }
        guard fitting.count == 1 else { throw bad(Message("it holds \(fitting.count) images, not one")) }
        return entry
    }

    private static func blob(_ digest: JSONValue?) throws(PackageError) -> String {
        guard let digest = digest?.string.flatMap(Digest.init(blob:)) else {
            throw bad(Message("a digest in it is not SHA-256"))
        }
        return "blobs/sha256/\(digest.hex)"
    }

    private static func json(_ name: String, in folder: String) throws(PackageError) -> JSONValue {
        let path = "\(folder)/\(name)"
        guard let path = try? RelativePath(name),
            let data = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
        else { throw .unreadable(path) }
        guard let value = try? JSONText.decode(JSONValue.self, from: data) else {
            throw bad(Message("\(name) in it is not JSON"))
        }
        return value
    }

    private static func bad(_ reason: Message) -> PackageError {
        PackageError(
            .badImage, Message("the image's base can't be read: \(reason)"),
            hint: Message(
                "from: takes a folder or a tar of a root file system, docker save, podman save, an OCI layout"))
    }
}
