import FleetBase
import FleetTesting
import Foundation
import Testing

@testable import FleetPackage

/// A project's folder for images, and bases to build them on.
private struct ImageFixture {
    let folder: TemporaryFolder
    let store: LayerStore

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("", to: "layers/.keep")
        store = LayerStore(folder.path + "/layers")
        try folder.write("hello\n", to: "rootfs/etc/greeting")
        try folder.link("rootfs/bin", to: "/usr/bin")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/rootfs/empty", withIntermediateDirectories: true)
        try folder.setMode("rootfs/empty", 0o1777)
    }

    func base(_ name: String, architecture: String = "x86_64") throws -> ImageBase {
        try ImageSource(folder.path + "/" + name).base(
            in: store, scratch: folder.path + "/scratch-\(UInt64.random(in: 0...UInt64.max))",
            architecture: architecture)
    }

    func image(on base: ImageBase = .scratch, payload text: String = "x", version: String = "1.0.0") throws
        -> ContainerImage
    {
        let source = try TemporaryFolder()
        try source.write(text, to: "program")
        try source.setMode("program", 0o755)
        let payload = try PayloadLayer(source.manifest(), from: source.path, isAlone: base.layers.isEmpty)
            .add(to: store)
        var settings = ImageSettings(name: "Demo", version: version, architecture: "x86_64")
        settings.command = ["./program"]
        settings.environment = ["A=1"]
        return ContainerImage(settings, on: base, payload: payload.layer, parts: payload.parts)
    }

    /// Writes an image and unpacks it again.
    func unpack(_ image: ContainerImage, leavingOut count: Int = 0, as name: String = "out") throws -> String {
        let path = folder.path + "/\(name).tar"
        try image.content(leavingOut: count).write(to: path, compression: nil)
        _ = try extract(path, into: folder.path + "/" + name)
        return folder.path + "/" + name
    }

    func json(_ path: String) throws -> JSONValue { try JSONText.decode(JSONValue.self, from: bytes(of: path)) }

    func names(in layer: ImageLayer) throws -> [String] {
        try #require(try output(of: "tar", "-tf", layer.file)).split(separator: "\n").map(String.init)
    }
}

@Suite struct ImageTests {
    private let fixture: ImageFixture

    init() throws { fixture = try ImageFixture() }

    @Test func givesTheSameBytesAnywhere() throws {
        let other = try ImageFixture()
        let images = try [fixture, other].map { try $0.image(on: $0.base("rootfs")) }
        #expect(images[0].id == images[1].id)
        let archives = try zip([fixture, other], images).map { fixture, image in
            _ = try fixture.unpack(image)
            return try bytes(of: fixture.folder.path + "/out.tar")
        }
        #expect(archives[0] == archives[1])
    }

    @Test func aNewPayloadChangesTheLastLayerOnly() throws {
        let base = try fixture.base("rootfs")
        let (old, new) = (try fixture.image(on: base), try fixture.image(on: base, payload: "y"))
        #expect(old.layers.dropLast() == new.layers.dropLast() && old.layers.last != new.layers.last)
        #expect(new.commonLayers(with: old.layers.map { "sha256:\($0.tarDigest)" }) == 1)
    }

    @Test func everyDigestNamesItsBlob() throws {
        let out = try fixture.unpack(try fixture.image(on: try fixture.base("rootfs")))
        let blobs = try FolderListing.files(below: out + "/blobs/sha256")
        #expect(blobs.count == 4)
        for blob in blobs { #expect(try FileDigest.of(file: "\(out)/blobs/sha256/\(blob)").hex == blob.text) }
    }

    /// What the image specification asks for (OCI image-spec 1.0, image-layout.md and manifest.md), and docker's table.
    @Test func bothTablesLeadToTheSameImage() throws {
        let image = try fixture.image()
        let out = try fixture.unpack(image)
        #expect(try fixture.json(out + "/oci-layout")["imageLayoutVersion"] == .string("1.0.0"))
        guard case .array(let entries) = try fixture.json(out + "/index.json")["manifests"],
            case .array(let docker) = try fixture.json(out + "/manifest.json"),
            let digest = entries.first?["digest"]?.string
        else { throw CocoaError(.coderReadCorrupt) }
        #expect(digest == "sha256:\(image.manifestDigest)")
        let manifest = try fixture.json(out + "/blobs/sha256/" + digest.dropFirst(7))
        #expect(manifest["config"]?["digest"] == .string("sha256:\(image.id)"))
        #expect(docker.first?["Config"] == .string("blobs/sha256/\(image.id)"))
        #expect(docker.first?["RepoTags"] == .array([.string("demo:1.0.0"), .string("demo:latest")]))
        let config = try fixture.json("\(out)/blobs/sha256/\(image.id)")
        #expect(config["architecture"] == .string("amd64"))
        #expect(config["config"]?["Cmd"] == .array([.string("./program")]))
        #expect(config["config"]?["WorkingDir"] == .string("/opt/fleet"))
    }

    @Test func leavesOutTheLowestLayers() throws {
        let image = try fixture.image(on: try fixture.base("rootfs"))
        let out = try fixture.unpack(image, leavingOut: 1)
        #expect(!FileManager.default.fileExists(atPath: "\(out)/blobs/sha256/\(image.layers[0].digest)"))
        #expect(FileManager.default.fileExists(atPath: "\(out)/blobs/sha256/\(image.layers[1].digest)"))
    }

    @Test func anImageFromNothingHasItsFoldersAndAPlaceForTemporaryFiles() throws {
        let names = try fixture.names(in: try fixture.image().layers[0])
        #expect(names == ["opt/", "opt/fleet/", "opt/fleet/program", "tmp/"])
    }

    @Test func keepsARootFileSystemAsItIs() throws {
        let base = try fixture.base("rootfs")
        let list = try #require(try output(of: "tar", "-tvf", base.layers[0].file))
        #expect(list.contains("bin -> /usr/bin") && list.contains("drwxrwxrwt 0/0") && list.contains("etc/greeting"))
    }

    @Test(arguments: ["", "z", "J", "--zstd"]) func takesATarOfAnyKind(_ option: String) throws {
        let flags = option.hasPrefix("-") ? [option, "-cf"] : ["-c\(option)f"]
        try Program.run(
            ["tar"] + flags + ["\(fixture.folder.path)/root.tar", "-C", fixture.folder.path + "/rootfs", "."])
        let layer = try fixture.base("root.tar").layers[0]
        #expect(layer.coding == (option == "z" ? .gzip : .plain))
        #expect(try fixture.names(in: layer).contains("./etc/greeting"))
    }

    @Test(arguments: ["layout", "layout.tar", "docker.tar"]) func takesAnImage(_ kind: String) throws {
        let original = try fixture.image(on: try fixture.base("rootfs"))
        let layout = try fixture.unpack(original, as: "layout")
        if kind != "docker.tar" { try FileManager.default.removeItem(atPath: layout + "/manifest.json") }
        if kind != "layout" {
            try Program.run(["tar", "-cf", "\(fixture.folder.path)/\(kind)", "-C", layout, "."])
        }
        let base = try fixture.base(kind)
        #expect(base.layers == original.layers)
        let image = try fixture.image(on: base, payload: "other", version: "2")
        let config = try fixture.json("\(try fixture.unpack(image))/blobs/sha256/\(image.id)")
        #expect(config["config"]?["Env"] == .array([.string("A=1")]))
        #expect(image.layers.count == 3)
    }

    @Test func noticesALayerThatIsNotAsDeclared() throws {
        let original = try fixture.image()
        let layout = try fixture.unpack(original, as: "layout")
        let blob = "\(layout)/blobs/sha256/\(original.layers[0].digest)"
        try FileManager.default.removeItem(atPath: blob)
        try fixture.folder.write("no tar", to: "layout/blobs/sha256/\(original.layers[0].digest)")
        #expect(code { _ = try fixture.base("layout") } == .badImage)
    }

    @Test func tellsThatAnArchiveIsNoImage() throws {
        let layout = try fixture.unpack(try fixture.image(), as: "layout")
        try fixture.folder.write("[]", to: "layout/manifest.json")
        #expect(code { _ = try fixture.base("layout") } == .badImage)
        try fixture.folder.write("[", to: "layout/manifest.json")
        #expect(code { _ = try fixture.base("layout") } == .badImage)
        _ = layout
    }

    /// Puts the package's files between the bytes again, as a host does.
    @Test func aRecipeMakesTheSameTar() throws {
        let text = String(repeating: "large", count: 10_000)
        let image = try fixture.image(payload: text)
        let tar = try fixture.unpack(image) + ".tar"
        let recipe = try #require(try ImageRecipe.content(for: image, in: tar))
        let path = fixture.folder.path + "/recipe"
        try recipe.write(to: path + ".tar", compression: nil)
        _ = try extract(path + ".tar", into: path)
        var (made, rest) = ([UInt8](), try bytes(of: path + "/bytes")[...])
        #expect(rest.count < 10_000)
        for line in try fixture.folder.read("recipe/list").split(separator: "\n") {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false)
            let count = try #require(Int(words[0]))
            made += rest.prefix(count) + (words[1] == "program" ? Array(text.utf8) : [])
            rest = rest.dropFirst(count)
        }
        #expect(made == (try bytes(of: tar)))
    }

    @Test func aRecipeOfSmallFilesSavesNothing() throws {
        let image = try fixture.image()
        #expect(try ImageRecipe.content(for: image, in: fixture.unpack(image) + ".tar") == nil)
    }

    @Test func comesBackFromItsRecord() throws {
        let image = try fixture.image(on: try fixture.base("rootfs"))
        #expect(ContainerImage(image.json) == image)
        try FileManager.default.removeItem(atPath: image.layers[0].file)
        #expect(ContainerImage(image.json) == nil)
    }
}
