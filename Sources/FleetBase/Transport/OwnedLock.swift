import CLinux

/// A lock on an open file (fcntl(2), open file description locks): the kernel frees it when the last descriptor of that
/// open file is closed, so at the latest when the process dies.
///
/// Unlike flock(2) it can be asked for without being taken, so that a question never stands in the way of who wants it.
package enum OwnedLock {
    /// - Parameter descriptor: open for writing.
    /// - Returns: false with `errno` when somebody else has it, or on an error.
    package static func take(_ descriptor: CInt) -> Bool { fleet_lock(descriptor) == 0 }

    /// Said aloud before a descriptor is closed: a process that another thread is just starting may hold a copy of it.
    package static func release(_ descriptor: CInt) { _ = fleet_unlock(descriptor) }

    /// Whether somebody else has it.
    package static func isTaken(_ descriptor: CInt) -> Bool { fleet_is_locked(descriptor) == 1 }
}
