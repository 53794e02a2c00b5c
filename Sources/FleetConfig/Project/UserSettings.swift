import FleetBase

/// What a user has set for all projects, in `~/.config/fleet/config.yaml`: what the variables `FLEET_*` say where they are
/// not set, which in turn count less than the options of a command line.
package struct UserSettings: Sendable, Hashable {
    /// Whether there are colours: on a terminal alone, everywhere, or nowhere.
    package enum Colour: String, Sendable, CaseIterable { case auto, always, never }

    static let keys = KeyList(
        "The file",
        [
            ConfigKey(
                "lang", ConfigKey.words(Language.self), default: "the language of the locale",
                "The language of messages; also `FLEET_LANG` and `--lang`.", like: "lang: es"),
            ConfigKey(
                "project", "a path from `/` or `~/` on", default: "the folder in which you are, or one above",
                "The project that counts in every folder; also `FLEET_PROJECT` and `--project`.",
                like: "project: ~/work"),
            ConfigKey(
                "inventory", "a path from `/` or `~/` on", default: "`inventory/hosts.yaml` of the project",
                "The file with the hosts; also `FLEET_INVENTORY` and `--inventory`.",
                like: "inventory: ~/work/inventory/lab.yaml"),
            ConfigKey(
                "color", ConfigKey.words(Colour.self), default: "`auto`", "Colors; also `FLEET_COLOR` and `--color`.",
                like: "color: never"),
        ])

    /// By the names of variables: `FLEET_LANG`.
    package let variables: [String: String]

    /// - Returns: nil where the user has no such file.
    package static func file(in environment: [String: String]) -> String? {
        // XDG Base Directory Specification: what is no absolute path counts for nothing.
        let given = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let path = (given ?? Environment.home(in: environment) + "/.config") + "/fleet/config.yaml"
        return TextFile.exists(path) ? path : nil
    }

    package init(file: String) throws(ConfigError) { try self.init(YAMLNode(file: file)) }

    package init(parsing text: String, file: String) throws(ConfigError) {
        try self.init(YAMLNode(parsing: text, file: file))
    }

    private init(_ node: YAMLNode) throws(ConfigError) {
        guard !node.isNull else {
            variables = [:]
            return
        }
        let section = try YAMLSection(node, keys: Self.keys)
        var variables: [String: String] = [:]
        variables["FLEET_LANG"] = try section["lang"]?.word(Language.self).rawValue
        variables["FLEET_PROJECT"] = try section["project"]?.pathAnywhere()
        variables["FLEET_INVENTORY"] = try section["inventory"]?.pathAnywhere()
        variables["FLEET_COLOR"] = try section["color"]?.word(Colour.self).rawValue
        self.variables = variables
    }

    /// The environment, with what it does not say itself.
    package func filling(_ environment: [String: String]) -> [String: String] {
        environment.merging(variables) { said, set in said.isEmpty ? set : said }
    }
}

extension YAMLNode {
    /// A path that is the same from wherever fleet is called.
    fileprivate func pathAnywhere() throws(ConfigError) -> String {
        let path = try masterPath()
        guard path.hasPrefix("/") || path.hasPrefix("~/") else {
            throw ConfigError(
                .invalidValue, at: place, Message("the path \(path) does not begin with / or ~/"),
                hint: Message("it counts for fleet in every folder"))
        }
        return path
    }
}
