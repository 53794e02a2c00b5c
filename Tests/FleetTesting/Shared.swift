import Synchronization

/// A value that a test and the closures it hands out share.
package final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    package init(_ value: Value) { state = Mutex(value) }

    package var value: Value {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }

    package func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}
