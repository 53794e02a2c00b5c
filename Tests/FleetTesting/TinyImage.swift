import Foundation

/// A container image made without an engine: busybox with its libraries and nothing else, as `docker save` would write it.
package struct TinyImage: Sendable {
    package static let name = "fleet/tiny:1"

    /// For `docker load` and `podman load`.
    package let archive: [UInt8]

    package init() throws {
        let folder = try TemporaryFolder()
        let root = folder.path + "/root"
        try FileManager.default.createDirectory(atPath: root + "/bin", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: try Program.path("busybox"), toPath: root + "/bin/busybox")
        // Of a busybox that is not static: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`.
        let libraries = (try? Program.text(["ldd", root + "/bin/busybox"])) ?? ""
        for library in libraries.split(whereSeparator: \.isWhitespace) where library.hasPrefix("/") {
            let copy = root + library
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: copy).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(contentsOf: URL(fileURLWithPath: String(library))).write(to: URL(fileURLWithPath: copy))
            chmod(copy, 0o755)
        }
        for name in ["sh", "echo", "cat", "hostname", "sleep"] {
            try FileManager.default.createSymbolicLink(atPath: "\(root)/bin/\(name)", withDestinationPath: "busybox")
        }
        let tar = ["tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "-C"]
        try Program.run(tar + [root, "-cf", folder.path + "/layer.tar", "."])
        let digest = try Program.text(["sha256sum", folder.path + "/layer.tar"]).prefix(64)
        try folder.write(
            """
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/echo","tiny"]},
            "rootfs":{"type":"layers","diff_ids":["sha256:\(digest)"]}}
            """, to: "config.json")
        try folder.write(
            #"[{"Config":"config.json","RepoTags":["\#(Self.name)"],"Layers":["layer.tar"]}]"#, to: "manifest.json")
        archive = try Program.run(tar + [folder.path, "-cf", "-", "manifest.json", "config.json", "layer.tar"])
    }
}
