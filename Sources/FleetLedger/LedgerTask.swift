package import FleetBase

/// One piece of work of a run.
package struct LedgerTask: Sendable, Hashable {
    /// `RUN.POSITION`, safe in a path.
    package let id: String
    package let run: RunID
    /// Its place in the run, from 1.
    package let position: Int
    package let name: String
    /// The hash of the package's digest, the parameters and the needs: the same work has the same key in every run.
    package let key: Digest
    package let packageDigest: Digest?
    package let parameters: JSONValue
    package let needs: JSONValue
    /// All that it takes to run it, as the engine writes it.
    package let spec: String?

    package init(
        run: RunID, position: Int, name: String, key: Digest, packageDigest: Digest? = nil,
        parameters: JSONValue = .object([:]), needs: JSONValue = .object([:]), spec: String? = nil
    ) {
        id = "\(run).\(position)"
        self.run = run
        self.position = position
        self.name = name
        self.key = key
        self.packageDigest = packageDigest
        self.parameters = parameters
        self.needs = needs
        self.spec = spec
    }

    init(_ row: Row) throws(LedgerError) {
        id = try row.text("id")
        run = RunID(try row.text("run"))
        position = try row.position("position")
        name = try row.text("name")
        key = try row.parsed("key", Digest.init(hex:))
        packageDigest =
            row.optionalText("package_digest") == nil ? nil : try row.parsed("package_digest", Digest.init(hex:))
        parameters = try row.json("parameters") ?? .null
        needs = try row.json("needs") ?? .null
        spec = row.optionalText("spec")
    }
}
