import FleetBase

/// What a variable of a task's environment may be called (POSIX.1-2017, Base Definitions, 8.1).
enum EnvironmentName {
    /// What a job has from the host or from fleet, and what a parameter must not take the place of.
    private static let taken: Set = ["PATH", "HOME", "PWD", "SHELL", "USER", "IFS", "TMPDIR"]

    static func check(_ text: String) throws(ValueError) -> String {
        guard isValid(text) else {
            throw ValueError(Message("\"\(text)\" can't be the name of an environment variable"))
        }
        return text
    }

    /// A variable that a task sets: fleet's own ones are not among them.
    static func checkOwn(_ text: String) throws(ValueError) -> String {
        guard !text.hasPrefix("FLEET_") else {
            throw ValueError(Message("\"\(text)\" is fleet's own: it sets the variables that begin with FLEET_"))
        }
        return try check(text)
    }

    /// The variable that a command or Python code finds a parameter in.
    static func variable(of parameter: String) throws(ValueError) -> String {
        let name = try checkOwn(parameter.uppercased())
        guard !taken.contains(name) else {
            throw ValueError(Message("the parameter \"\(parameter)\" would take the place of the variable \(name)"))
        }
        return name
    }

    private static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, !("0"..."9").contains(Character(UnicodeScalar(first))) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
