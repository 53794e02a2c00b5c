import FleetTesting
import Synchronization
import Testing
@testable import FleetRuns

/// The standard error of a container, before it is known to be the worker's.
@Suite struct HeldErrorsTests {
    private final class Heard: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
        func take(_ more: UnsafeRawBufferPointer) { bytes.withLock { $0 += more } }
    }

    private let heard = Heard()

    private func errors(isOpen: Bool = false, for longest: Duration = .seconds(3600)) -> HeldErrors {
        HeldErrors(isOpen: isOpen, for: longest) { [heard] in heard.take($0) }
    }

    private func write(_ text: String, to errors: HeldErrors) {
        Array(text.utf8).withUnsafeBytes { errors.take($0) }
    }

    @Test func forgetsWhatAnEngineHasSaid() {
        let errors = errors()
        write("crun: no\n", to: errors)
        write("Error: crun\n", to: errors)
        errors.end { TaskAttempt.engineReason(in: $0, status: 126) != nil }
        #expect(heard.text.isEmpty)
    }

    /// A worker ends with 127, too, when it lacks a program.
    @Test func handsOnWhatAWorkerHasSaid() {
        let errors = errors()
        write("sh: nosuch: not found\n", to: errors)
        errors.end { TaskAttempt.engineReason(in: $0, status: 127) != nil }
        #expect(heard.text == "sh: nosuch: not found\n")
    }

    @Test func handsOnAfterAWhileAndInOrder() async {
        let errors = errors(for: .milliseconds(10))
        write("one\n", to: errors)
        #expect(await eventually { heard.text == "one\n" })
        write("two\n", to: errors)
        #expect(heard.text == "one\ntwo\n")
    }

    @Test func holdsNoMoreThanIsSaidOfAnEngine() {
        let errors = errors()
        let much = String(repeating: "x", count: 20_000)
        write(much, to: errors)
        #expect(heard.text == much)
    }

    @Test func holdsNothingOfWhatIsInNoContainer() {
        write("one\n", to: errors(isOpen: true))
        #expect(heard.text == "one\n")
    }
}
