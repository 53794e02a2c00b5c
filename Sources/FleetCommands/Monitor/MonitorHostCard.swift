import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// All that a monitor knows of one host.
struct MonitorHostCard {
    private let state: MonitorState
    private let name: HostName
    private let now: Timestamp
    private let language: Language

    init(_ state: MonitorState, _ name: HostName, at now: Timestamp, _ language: Language) {
        (self.state, self.name, self.now, self.language) = (state, name, now, language)
    }

    private func text(_ message: Message) -> String { message.text(in: language) }

    var lines: [StyledLine] {
        guard let figures = state.scene.hosts.first(where: { $0.host.name == name }) else {
            return [StyledLine(text(Message("the inventory has no host \(name) any more")), .red)]
        }
        var lines = [StyledLine("\(name)  \(figures.host.address)", .bold)]
        if case .silent(let failure) = figures.state {
            lines.append(StyledLine("\(text(failure.kind.words)): \(text(failure.message))", .red))
            if let hint = failure.hint { lines.append(StyledLine(text(hint), .dim)) }
        }
        if let aside = figures.aside {
            lines.append(StyledLine(text(Message("set aside: \(aside)")), .yellow))
        }
        lines.append(StyledLine())
        for (label, value) in facts(figures) { lines.append(Self.row(label, value)) }
        lines += section(text(Message("Works on")), figures.work.map { StyledLine("  \(HostText($0.task).line)") })
        let packages = figures.packages.sorted { $0.key < $1.key }
        lines += section(
            text(Message("Packages")), packages.map { StyledLine("  \($0.key) \(HostText($0.value).line)") })
        lines += section(text(Message("Events")), events)
        return lines
    }

    private func facts(_ figures: HostFigures) -> [(String, String)] {
        let load = figures.load.map { "\($0)" } ?? "–"
        return [
            (text(Message("load")), "\(load) / \(figures.cores.map { "\($0)" } ?? "–")"),
            (text(Message("memory")), Self.room(figures.memoryFree, figures.memory)),
            (text(Message("disk")), Self.room(figures.diskFree, figures.disk)),
            ("GPU", figures.gpu.map { HostText($0).line(atMost: 60) } ?? ""),
            // Below its name: what it does, and its memory.
            ("", gpuFigures(figures)),
            (text(Message("seen")), figures.seen.map { text($0.age(at: now)) } ?? "–"),
            (text(Message("groups")), (figures.host.groups + figures.host.tags).joined(separator: ", ")),
        ].filter { !$0.1.isEmpty }
    }

    private func gpuFigures(_ figures: HostFigures) -> String {
        let memory = figures.gpuMemory.map { Self.room(figures.gpuMemoryFree, $0) }
        return [figures.gpuUse.map { "\($0) %" }, memory].compactMap(\.self).joined(separator: ", ")
    }

    private var events: [StyledLine] {
        let rows = MonitorRows(state, at: now, language)
        return state.scene.events.filter { $0.host == name }.suffix(20).reversed().map {
            StyledLine("  ") + rows.line($0)
        }
    }

    private func section(_ title: String, _ lines: [StyledLine]) -> [StyledLine] {
        lines.isEmpty ? [] : [StyledLine(), StyledLine(title, .bold)] + lines
    }

    private static func row(_ label: String, _ value: String) -> StyledLine {
        StyledLine("  \(label.padded(to: 10))", .dim) + StyledLine(HostText(value).line)
    }

    /// How much is in use of how much there is.
    private static func room(_ free: Int64?, _ all: Int64?) -> String {
        guard let all else { return "–" }
        return "\(free.map { ByteCount(max(0, all - $0)).description } ?? "–") / \(ByteCount(all))"
    }
}
