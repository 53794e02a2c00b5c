import Synchronization

/// The place of a parsed value, shared by a property wrapper and its definition.
///
/// It is written while the command line is read, before anybody else has the command.
final class Slot<Value: Sendable>: Sendable {
    private let stored: Mutex<Value?>

    init(_ value: Value?) { stored = Mutex(value) }

    var value: Value {
        guard let value = stored.withLock({ $0 }) else {
            preconditionFailure("an argument was read before the command line was parsed")
        }
        return value
    }

    func store(_ value: Value) { stored.withLock { $0 = value } }
}
