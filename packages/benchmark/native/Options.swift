import CLibrary

/// The parameters of a run, as package.yaml declares them.
struct Options {
    var particles = 100
    var steps = 1000
    var seed: UInt32 = 42
    var width = 800.0
    var height = 600.0
    var snapshots = 0
    var plots = false
    var animates = false

    /// A sentence for standard error.
    struct Problem: Error {
        let text: String
    }

    /// Reads `--name value` and `--name=value`, and the names of what is true or false alone.
    init(_ words: [String]) throws(Problem) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let isAlone = rest.first.map { $0.utf8.starts(with: "--".utf8) } ?? true
            if parts.count == 1, isAlone, word == "--plot" || word == "--animate" {
                try set(word, to: "true")
                continue
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw Problem(text: "\(word) needs a value")
            }
            try set(parts[0], to: value)
        }
    }

    private mutating func set(_ name: String, to value: String) throws(Problem) {
        switch name {
        case "--particles": particles = try Self.whole(value, name, 1...Int(Int32.max))
        case "--steps": steps = try Self.whole(value, name, 0...Int(Int32.max))
        case "--seed": seed = UInt32(try Self.whole(value, name, 0...Int(UInt32.max)))
        case "--width": width = try Self.length(value, name)
        case "--height": height = try Self.length(value, name)
        case "--snapshots": snapshots = try Self.whole(value, name, 0...Int(Int32.max))
        case "--plot": plots = try Self.truth(value, name)
        case "--animate": animates = try Self.truth(value, name)
        default: throw Problem(text: "unknown parameter \(name)")
        }
    }

    private static func whole(_ text: String, _ name: String, _ range: ClosedRange<Int>) throws(Problem) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Problem(text: "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func truth(_ text: String, _ name: String) throws(Problem) -> Bool {
        guard text == "true" || text == "false" else { throw Problem(text: "\(name) must be true or false") }
        return text == "true"
    }

    private static func length(_ text: String, _ name: String) throws(Problem) -> Double {
        var end: UnsafeMutablePointer<CChar>?
        let (number, isWhole) = text.withCString { (strtod($0, &end), end.map { $0.pointee == 0 } == true) }
        guard !text.isEmpty, isWhole, number.isFinite, number >= Box.diameter else {
            throw Problem(text: "\(name) must be a number, at least \(Box.diameter)")
        }
        return number
    }
}
