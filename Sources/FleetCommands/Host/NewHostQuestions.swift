import FleetBase
import FleetConfig
import FleetTerminal

/// Asks at a terminal for what somebody has not said about a new host. A wrong answer is told, and asked for again.
struct NewHostQuestions {
    let terminal: Terminal
    /// Names that are in use.
    let taken: [HostName]
    /// Who calls fleet.
    let localUser: String

    /// - Returns: nil when nobody answers any more.
    func complete(_ given: NewHost) async -> NewHost? {
        var host = given
        if host.address == nil {
            guard let address = await address(standard: host.name ?? "") else { return nil }
            // A name that stands in ~/.ssh/config, or that resolves, is its own address.
            host.address = address == host.name ? nil : address
        }
        let endpoint = Endpoint(host.address ?? host.name ?? "")
        if host.name == nil {
            guard let name = await name(for: endpoint.address) else { return nil }
            host.name = name
        }
        if host.user == nil, endpoint.user == nil {
            let question = Message("user; empty for \(localUser), or whom ~/.ssh/config names")
            guard let user = await ask(question, { $0.isEmpty ? nil : NewHost.problem(ofUser: $0) }) else { return nil }
            host.user = user.isEmpty ? nil : user
        }
        if host.port == nil, endpoint.port == nil {
            guard let port = await port().flatMap({ try? Port($0) }) else { return nil }
            host.port = port == .ssh ? nil : port
        }
        return host
    }

    /// Asks again where a host is that nobody reached, with what was said before as the standard answers.
    ///
    /// - Returns: nil when nobody answers any more.
    func correct(_ host: NewHost) async -> NewHost? {
        var host = host
        let endpoint = Endpoint(host.address ?? host.name ?? "")
        guard let address = await address(standard: endpoint.address) else { return nil }
        let typed = Endpoint(address)
        let before = host.port?.description ?? endpoint.port ?? "22"
        host.user = typed.user ?? host.user ?? endpoint.user
        var port = typed.port
        if port == nil { port = await self.port(standard: before) }
        guard let port = port.flatMap({ try? Port($0) }) else { return nil }
        host.address = typed.address == host.name ? nil : typed.address
        host.port = port == .ssh ? nil : port
        return host
    }

    /// Asks until an answer is good.
    ///
    /// - Parameter problem: what is wrong with an answer.
    private func ask(
        _ question: Message, standard: String = "", _ problem: (String) -> Message?
    ) async -> String? {
        while true {
            guard let answer = await terminal.ask(question, standard: standard) else { return nil }
            guard let problem = problem(answer) else { return answer }
            terminal.tell(problem)
        }
    }

    private func address(standard: String) async -> String? {
        await ask(Message("address, such as 192.0.2.7 or ana@vps.example.org:2222"), standard: standard) { text in
            let endpoint = Endpoint(text)
            if !Endpoint.isWholeAddress(endpoint.address) {
                return Message("\"\(text)\" is not a name or an IP address")
            }
            return endpoint.user.flatMap(NewHost.problem(ofUser:)) ?? endpoint.port.flatMap(Self.problem(ofPort:))
        }
    }

    private func name(for address: String) async -> String? {
        let suggestion = NewHost.name(for: address) ?? ""
        let isFree = !taken.contains { $0.text == suggestion }
        return await ask(Message("name"), standard: isFree ? suggestion : "") { text in
            do throws(ValueError) {
                let name = try HostName(text)
                return taken.contains(name) ? Message("there is a host \(name) already") : nil
            } catch {
                return error.message
            }
        }
    }

    private func port(standard: String = "22") async -> String? {
        await ask(Message("port"), standard: standard, Self.problem(ofPort:))
    }

    private static func problem(ofPort text: String) -> Message? {
        do throws(ValueError) {
            _ = try Port(text)
            return nil
        } catch {
            return error.message
        }
    }
}
