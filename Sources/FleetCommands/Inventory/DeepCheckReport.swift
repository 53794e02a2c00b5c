import FleetBase
import FleetConfig
import FleetTerminal
import FleetViews

/// What came of trying hosts: a row each, and below them why something failed.
struct DeepCheckReport {
    private static let methods = FleetConfig.Method.allCases.map(\.rawValue)
    private let view: DeepCheckView

    init(_ view: DeepCheckView) { self.view = view }

    /// Why methods failed, by the place of the host.
    var failures: [[Failure]] {
        view.hosts.map { host in
            host.methods.filter { !$0.ok }.map { method in
                Failure(.start, Message("no job runs by \(method.method): \(method.reason ?? "–")"))
            }
        }
    }

    func table(in language: Language) -> Table {
        let measured: [(Message, Table.Alignment)] = [
            (Message("HOST"), .left), (Message("LOGIN"), .right), (Message("UP"), .right), (Message("DOWN"), .right),
        ]
        let methods = Self.methods.map { (Message(verbatim: $0.uppercased()), Table.Alignment.left) }
        var table = Table(measured + methods, thrift: Table.Thrift(cutting: [0], dropping: [3, 2, 1]))
        for host in view.hosts { table.add(row(host, language)) }
        return table
    }

    private func row(_ host: DeepCheckView.Row, _ language: Language) -> [Table.Cell] {
        if let failure = host.failure {
            return [.init(host.host), .init(failure.kind.words.text(in: language), .red)]
                + Array(repeating: .init("–"), count: 2 + Self.methods.count)
        }
        func rate(_ bytes: Double?) -> Table.Cell { .init(bytes.map { "\(ByteCount(Int64($0)))/s" } ?? "–") }
        let cells = Self.methods.map { name -> Table.Cell in
            guard let method = host.methods.first(where: { $0.method == name }) else { return .init("–", .dim) }
            return method.ok
                ? .init(Message("works").text(in: language), .green)
                : .init(Message("fails").text(in: language), .red)
        }
        let login = host.loginSeconds.map { "\(Duration.seconds($0).milliseconds) ms" } ?? "–"
        return [.init(host.host), .init(login), rate(host.up), rate(host.down)] + cells
    }
}
