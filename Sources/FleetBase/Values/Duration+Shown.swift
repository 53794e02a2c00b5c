import Glibc

extension Duration {
    /// `0.42 s`, `83.1 s`, `12 min`: three digits or so.
    package var shown: String {
        let seconds = seconds
        return switch seconds {
        case ..<9.995: "\(Self.fixed(seconds, digits: 2)) s"
        case ..<599.95: "\(Self.fixed(seconds, digits: 1)) s"
        case ..<36000: "\(Int(seconds / 60)) min"
        default: "\(Int(seconds / 3600)) h"
        }
    }

    /// The nearest whole number of them.
    package var milliseconds: Int { Int((seconds * 1000).rounded()) }

    /// With so many digits after the point, also where the last ones are 0: numbers below each other line up.
    private static func fixed(_ number: Double, digits: Int) -> String {
        var buffer = [CChar](repeating: 0, count: 32)
        let count = withVaList([CInt(digits), number]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
