import FleetBase
import FleetHosts
import Glibc

/// The metrics that a worker has written, as far as they are any.
struct MetricsFile {
    /// Why there are none.
    struct Problem: Error { let message: Message }

    /// They go into the ledger, tables and pages: no results belong there.
    private static let largest = 1 << 20

    let members: [String: JSONValue]
    /// What was left out of them.
    let notes: [Message]

    /// - Returns: nil when the worker wrote none.
    init?(_ path: String) throws(Problem) {
        guard Disk.exists(path) else { return nil }
        let size = ByteCount(ofFile: path)
        let limit = ByteCount(Self.largest)
        guard size <= limit else {
            throw Problem(message: Message("out/metrics.json has \(size), and metrics have no more than \(limit)"))
        }
        let bytes = (try? Disk.bytes(path)) ?? []
        let (text, isChanged) = Self.withoutNumbersThatAreNone(bytes)
        guard let value = try? JSONText.decode(JSONValue.self, from: text), case .object(let all) = value,
            all[Self.mark] == nil
        else {
            throw Problem(message: Message("out/metrics.json is not a JSON object, so there are no metrics"))
        }
        // JSON has no word for them, and programs write them all the same.
        let lost = isChanged ? all.filter { $0.value == .string(Self.mark) }.keys.sorted() : []
        members = all.filter { !lost.contains($0.key) }
        notes = lost.map { Message("the metric \($0) is no number, so it is left out") }
    }

    /// Stands for NaN and the infinities while the text is read.
    private static let mark = "\u{1}not a number"

    private static let words = ["-Infinity", "Infinity", "NaN", "-inf", "inf", "nan"].map { Array($0.utf8) }

    /// - Returns: the text with those words that stand outside of its strings replaced.
    private static func withoutNumbersThatAreNone(_ bytes: [UInt8]) -> ([UInt8], isChanged: Bool) {
        var (result, isInString, isChanged, index) = ([UInt8](), false, false, 0)
        result.reserveCapacity(bytes.count)
        while index < bytes.count {
            let byte = bytes[index]
            if isInString, byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                result += bytes[index...index + 1]
                index += 2
                continue
            }
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            if !isInString, let word = words.first(where: { bytes[index...].starts(with: $0) }) {
                result += Array("\"\\u0001not a number\"".utf8)
                (index, isChanged) = (index + word.count, true)
                continue
            }
            result.append(byte)
            index += 1
        }
        return (result, isChanged)
    }
}
