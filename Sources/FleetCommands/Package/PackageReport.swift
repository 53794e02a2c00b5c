import FleetBase
import FleetTerminal
import FleetViews

/// Built packages, a few lines each: digest and path together are wider than a terminal.
struct PackageReport {
    private let view: PackageView

    init(_ view: PackageView) { self.view = view }

    func print(to console: Console) {
        for package in view.packages {
            let size = ByteCount(package.bytes)
            console.result("\(package.name) \(package.version)  \(size)")
            console.result("  sha256  \(package.digest)")
            if let signer = package.signer { console.result("  \(console.text(Message("signed by")))  \(signer)") }
            console.result("  \(console.text(Message("archive")))  \(package.path)")
            for image in package.images { show(image, console) }
            show(package.bundles, of: package, console)
        }
    }

    private func show(_ image: PackageView.Image, _ console: Console) {
        let (label, engines) = (console.text(Message("image")), image.engines.joined(separator: ", "))
        console.result("  \(label)  \(image.id)  \(ByteCount(image.bytes))  \(engines)")
        console.result("  \(label)  \(image.path)")
    }

    private func show(_ bundles: [PackageView.Bundle], of package: PackageView.Row, _ console: Console) {
        guard !bundles.isEmpty else { return }
        for bundle in bundles {
            console.result(Message("  for \(bundle.host)  \(bundle.path)  \(ByteCount(bundle.bytes))"))
        }
        let folder = "\(package.name)-\(package.version)"
        console.note(Message("carry it there and run: tar -xzf FILE, then: sh \(folder)/install.sh"))
    }
}
