import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// The hosts of a monitor as a table.
struct MonitorHosts {
    private let state: MonitorState
    private let now: Timestamp
    private let language: Language

    init(_ state: MonitorState, at now: Timestamp, _ language: Language) {
        (self.state, self.now, self.language) = (state, now, language)
    }

    var table: Table {
        var headings: [(title: Message, alignment: Table.Alignment)] = [
            (Message("HOST"), .left), (Message("STATE"), .left), (Message("LOAD"), .right), (Message("MEM"), .right),
            (Message("DISK"), .right), (Message("SLOTS"), .right), (Message("AGE"), .right),
            (Message("WORKS ON"), .left),
        ]
        let hasGPU = state.hosts.contains { $0.gpu != nil }
        if hasGPU { headings.append((Message(verbatim: "GPU"), .left)) }
        var table = Table(
            headings,
            thrift: Table.Thrift(cutting: [0, 1, 7, 8], dropping: (hasGPU ? [8] : []) + [4, 5, 7, 3, 6, 2]))
        for figures in state.hosts {
            table.add(cells(figures) + (hasGPU ? [.init(gpu(figures), .dim)] : []))
        }
        return table
    }

    private func text(_ message: Message) -> String { message.text(in: language) }

    private func cells(_ figures: HostFigures) -> [Table.Cell] {
        let name = figures.host.name
        let isOutdated = state.scene.outdated.contains(name)
        let load = figures.load.map { "\(Self.oneDigit($0))/\(figures.cores ?? 0)" }
        let isBusy = figures.load.map { $0 > Double(max(1, figures.cores ?? 1)) } ?? false
        let isOld = if case .answers = figures.state { false } else { true }
        return [
            .init(name.text + (isOutdated ? " ≠" : ""), isOutdated ? .yellow : nil), word(figures),
            .init(load ?? "–", isOld ? .dim : isBusy ? .yellow : nil), share(figures.memoryShare, isOld: isOld),
            share(figures.diskShare, isOld: isOld),
            .init(figures.slots.map { "\(figures.work.count)/\($0)" } ?? "–", figures.work.isEmpty ? .dim : nil),
            .init(figures.seen.map { now.duration(since: $0).roughly } ?? "–", .dim),
            .init(HostText(figures.work.map(\.task).joined(separator: ", ")).line(atMost: 200)),
        ]
    }

    /// `37 %  12 %  NVIDIA H100`: how busy it is, and how much of its memory is in use, as far as it tells.
    private func gpu(_ figures: HostFigures) -> String {
        guard let name = figures.gpu else { return "–" }
        let shares = [figures.gpuUse.map { Double($0) / 100 }, figures.gpuMemoryShare]
        let figures = shares.map { share in share.map { Self.percent($0) } ?? "–" }.joined(separator: "  ")
        return (shares == [nil, nil] ? "" : figures + "  ") + HostText(name).line(atMost: 60)
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private func word(_ figures: HostFigures) -> Table.Cell {
        switch figures.state {
        case .answers where figures.aside != nil: .init(text(Message("set aside")), .yellow)
        case .answers: .init(text(Message("answers")), .green)
        case .silent(let failure): .init(text(failure.kind.words), .red)
        case .remembered: .init(text(Message("not looked at yet")), .dim)
        case .unseen: .init(text(Message("never seen")), .dim)
        }
    }

    private func share(_ share: Double?, isOld: Bool) -> Table.Cell {
        guard let share else { return .init("–", .dim) }
        return .init(Self.percent(share), isOld ? .dim : share > 0.9 ? .yellow : nil)
    }

    private static func oneDigit(_ number: Double) -> String {
        let tenths = Int((min(max(number, 0), 1e6) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
