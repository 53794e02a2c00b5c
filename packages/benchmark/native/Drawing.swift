/// The drawings of a run as SVG: drawing/plot.svg and drawing/animation.svg with their blanks filled in. drawing.py makes
/// the same bytes.
struct Drawing {
    static let frames = 240
    static let shown = 1000
    private static let plotWidth = 800
    private static let plotHeight = 150
    /// From blue to orange, in the order of where particles begin: told apart by everybody, by day and by night.
    private static let colours = ["#0072b2", "#3e8fc0", "#7fb2c9", "#c9b98a", "#dda63c", "#e69f00"]

    private let frames: [Recording.Frame]
    private let options: Options

    init(_ frames: [Recording.Frame], _ options: Options) { (self.frames, self.options) = (frames, options) }

    func plot() throws(Options.Problem) -> [UInt8] { try Template("plot.svg").filled(blanks) }

    func animation() throws(Options.Problem) -> [UInt8] {
        let shown = frames[0].x.count
        var circles: [UInt8] = []
        for i in 0..<shown { appendCircle(i, to: &circles) }
        return try Template("animation.svg").filled(
            blanks + [
                ("width", Array(Self.decimal(Self.tenths(options.width)).utf8)),
                ("height", Array(Self.decimal(Self.tenths(options.height)).utf8)),
                ("particles", Array(String(options.particles).utf8)),
                ("shown", Array((shown == options.particles ? "" : ", the first \(shown) shown").utf8)),
                ("circles", circles),
            ])
    }

    /// What both drawings say: two curves, each up to its own greatest value.
    private var blanks: [(name: String, value: [UInt8])] {
        let energies = frames.map { $0.energy }
        let top = Self.tenths(energies.max() ?? 0) / 10
        return [
            ("steps", Array(String(options.steps).utf8)), ("energy", curve(energies)),
            ("energy-top", Array(String(top).utf8)), ("collisions", curve(frames.map { Double($0.collisions) })),
            ("total", Array(String(frames[frames.count - 1].collisions).utf8)),
        ]
    }

    private func curve(_ values: [Double]) -> [UInt8] {
        let (top, last) = (max(values.max() ?? 0, 1), max(values.count - 1, 1))
        let height = Double(Self.plotHeight)
        return Array(
            values.indices.map { k in
                Self.decimal(10 * Self.plotWidth * k / last) + ","
                    + Self.decimal(Self.tenths(height - values[k] / top * height))
            }.joined(separator: " ").utf8)
    }

    private func appendCircle(_ i: Int, to text: inout [UInt8]) {
        let place = frames[0].x[i] * Self.colours.count / Self.tenths(options.width)
        text += "<circle r=\"5\" fill=\"\(Self.colours[min(place, Self.colours.count - 1)])\">".utf8
        appendMotion("cx", frames.map { $0.x[i] }, to: &text)
        appendMotion("cy", frames.map { $0.y[i] }, to: &text)
        text += "</circle>\n".utf8
    }

    private func appendMotion(_ name: String, _ values: [Int], to text: inout [UInt8]) {
        text += "<animate attributeName=\"\(name)\" dur=\"20s\" repeatCount=\"indefinite\" values=\"".utf8
        for (k, value) in values.enumerated() {
            if k > 0 { text.append(UInt8(ascii: ";")) }
            text += Self.decimal(value).utf8
        }
        text += "\"/>".utf8
    }

    static func tenths(_ value: Double) -> Int { Int((max(value, 0) * 10 + 0.5).rounded(.down)) }

    /// A number of tenths as text.
    private static func decimal(_ value: Int) -> String {
        value % 10 == 0 ? String(value / 10) : "\(value / 10).\(value % 10)"
    }
}
