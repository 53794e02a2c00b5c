import FleetBase
import FleetEvents
import Glibc

extension Alarm {
    /// Forgets that it was raised.
    func silence() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout.size(ofValue: count))
    }

    /// Waits until it is raised, or the time is over.
    func wait(_ time: Duration) {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&polled, 1, Int32(clamping: max(0, time.milliseconds)))
        silence()
    }
}
