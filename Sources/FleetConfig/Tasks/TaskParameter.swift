import FleetBase

/// A text that a task gives a parameter, and where it does so.
package struct TaskParameter: Sendable, Hashable {
    package let name: String
    package let text: String
    /// Where the name stands.
    package let namePlace: SourcePlace
    /// Where the text stands.
    package let place: SourcePlace

    init(_ entry: YAMLNode.Entry, text: String, at place: SourcePlace) {
        name = entry.key
        self.text = text
        namePlace = entry.place
        self.place = place
    }

    init(_ entry: YAMLNode.Entry) throws(ConfigError) {
        self.init(entry, text: try entry.value.plainText(), at: entry.value.place)
    }

    var setting: TaskSetting { TaskSetting(name: name, text: text) }
}

/// A parameter and its text in one combination of a matrix.
package struct TaskSetting: Sendable, Hashable {
    package let name: String
    package let text: String
}
