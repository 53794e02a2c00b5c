import FleetBase
import Testing

@testable import FleetConfig

@Suite struct EventSinkTests {
    private static let paths = PathBase(folder: "/p", home: "/home/ana")

    private func inventory(_ text: String) throws -> Inventory {
        try Inventory(parsing: text, file: "hosts.yaml", paths: Self.paths)
    }

    @Test(arguments: [
        ("mqtt://broker/upb/logs", "mqtt://broker/upb/logs", 1883, "upb"),
        ("mqtts://ana@broker.example.org/fleet", "mqtts://broker.example.org/fleet", 8883, "fleet"),
        ("mqtt://[::1]:99/a/b/c", "mqtt://[::1]:99/a/b/c", 99, "a"),
        ("mqtt://127.0.0.1:1883/ñu", "mqtt://127.0.0.1/ñu", 1883, "ñu"),
    ])
    func readsAddresses(text: String, shown: String, port: Int, area: String) throws {
        let broker = try BrokerAddress(parsing: text)
        #expect(broker.description == shown && Int(broker.port.number) == port && broker.area == area)
    }

    @Test(arguments: [
        "http://broker/upb", "broker/upb", "mqtt://broker", "mqtt://broker/", "mqtt:///upb", "mqtt://broker:0/upb",
        "mqtt://broker:x/upb", "mqtt://broker/upb/#", "mqtt://broker/+/logs", "mqtt://broker/$SYS/x",
        "mqtt://broker//logs", "mqtt://broker/a b", "mqtt://broker/a?b=c", "mqtt://@broker/upb", "mqtt://-x/upb",
        "mqtt://a,b/upb", "mqtt://broker/a\u{7}", "mqtt://broker/\(String(repeating: "x", count: 201))",
        "mqtt://::1/upb",
    ])
    func refusesOtherAddresses(text: String) {
        #expect(throws: ConfigError.self) { try BrokerAddress(parsing: text) }
    }

    @Test func neverShowsAPassword() {
        do {
            _ = try BrokerAddress(parsing: "mqtt://ana:hush@broker/upb")
            Issue.record("it was taken")
        } catch {
            #expect(error.hint?.text(in: .english).contains("password: { file: FILE }") == true)
            #expect(!"\(error)".contains("hush"))
        }
    }

    @Test func readsSinks() throws {
        let sinks = try inventory(
            """
            events:
              - mqtt: mqtts://broker/upb/logs
                user: ana
                password: { env: WORD }
                ca: inventory/ca.pem
                keep: { age: 7d, bytes: 50M }
              - mqtt: mqtt://leo@other/x
            hosts: {}

            """
        ).eventSinks
        #expect(sinks.count == 2)
        #expect(sinks[0].user == "ana" && sinks[0].password == .environment("WORD"))
        #expect(sinks[0].ca == "/p/inventory/ca.pem" && sinks[0].keep.age == .seconds(7 * 24 * 3600))
        #expect(sinks[0].keep.bytes != nil && sinks[1].user == "leo" && sinks[1].password == nil)
    }

    @Test(arguments: [
        ("[{ mqtt: broker }]", "hosts.yaml:1:18: the address of a broker begins with mqtt:// or mqtts://"),
        ("[{ mqtt: \"mqtt://b/u\", usr: x }]", "hosts.yaml:1:32: unknown key \"usr\", did you mean \"user\"?"),
        ("[{ user: x }]", "hosts.yaml:1:10: the key \"mqtt\" is missing"),
        ("[{ mqtt: \"mqtt://b/u\", password: { env: X } }]", "hosts.yaml:1:42: a password needs a user beside it"),
        ("[{ mqtt: \"mqtt://b/u\", ca: x }]", "hosts.yaml:1:36: certificates are for mqtts:// alone"),
        ("[{ mqtt: \"mqtt://b/u\" }, { mqtt: \"mqtt://b:1883/u\" }]", "hosts.yaml:1:34: mqtt://b/u stands here twice"),
        ("[{ mqtt: \"mqtt://b/u\", keep: { age: x } }]", "hosts.yaml:1:45: "),
    ])
    func saysWhereASinkIsWrong(text: String, problem: String) {
        do {
            _ = try inventory("events: \(text)\nhosts: {}\n")
            Issue.record("it was taken: \(text)")
        } catch {
            let message = (error as? ConfigError)?.message.text(in: .english) ?? ""
            #expect(message.hasPrefix(problem), "\(message)")
        }
    }

    @Test func listsTheKeysThatThereAre() {
        do {
            _ = try inventory("events: [{ topic: x }]\n")
            Issue.record("it was taken")
        } catch {
            let hint = (error as? ConfigError)?.hint?.text(in: .english)
            #expect(hint == "the keys that may stand here: mqtt, user, password, ca, keep")
        }
    }
}
