import CLinux
import Glibc

/// A sign from one thread to another that waits in poll(2): its descriptor is readable once it was raised.
package final class Alarm: Sendable {
    package let descriptor: CInt

    package init() { descriptor = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK)) }

    deinit { close(descriptor) }

    package func raise() { eventfd_write(descriptor, 1) }
}
