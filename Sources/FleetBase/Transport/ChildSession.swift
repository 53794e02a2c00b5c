import FoundationEssentials
import Glibc

/// A child process that leads a session of its own, waited for with a deadline and ended with all that it started.
package struct ChildSession: Sendable {
    package enum End: Sendable, Equatable {
        case ended(Completion.Ending)
        case timeOut
        case cancelled
    }

    /// Between TERM and KILL.
    private static let grace = Duration.seconds(2)
    private static let pause: useconds_t = 20_000
    /// Between two looks at what the child does.
    private static let glance = Duration.milliseconds(200)

    /// The number of the process and of its session.
    private let leader: Int32
    private let watch: ChildWatch

    /// - Parameter leader: a child that was started with `ownSession`.
    /// - Returns: nil when no descriptor is left; the child is ended then.
    package init?(_ leader: Int32) {
        guard let watch = ChildWatch(leader, by: .best) else {
            kill(-leader, SIGKILL)
            _ = ChildProcess.wait(leader)
            return nil
        }
        self.leader = leader
        self.watch = watch
    }

    /// Blocks until the child has ended, and ends its session when the time is over or the alarm is raised.
    ///
    /// - Parameter look: done a few times a second meanwhile, for who shows how far the child is.
    package consuming func wait(until deadline: Deadline, orFor alarm: Alarm, looking look: () -> Void = {}) -> End {
        defer { close(watch.descriptor) }
        var polled = [watch.descriptor, alarm.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while polled.allSatisfy({ $0.revents == 0 }), !deadline.hasPassed {
            look()
            let rest = min(max(0, deadline.remaining.seconds), Self.glance.seconds)
            let milliseconds = CInt(clamping: Int((rest * 1000).rounded(.up)))
            if poll(&polled, nfds_t(polled.count), milliseconds) < 0 {
                for i in polled.indices { polled[i].revents = 0 }
            }
        }
        guard polled[0].revents == 0 else {
            return ChildProcess.wait(leader).map(End.ended) ?? .cancelled
        }
        endAll()
        _ = ChildProcess.wait(leader)
        return polled[1].revents == 0 ? .timeOut : .cancelled
    }

    /// The leader is not reaped before, so that the number still means this session.
    private func endAll() {
        for process in members { kill(process, SIGTERM) }
        let limit = Deadline.after(Self.grace)
        while !members.isEmpty {
            // Who is being started while the list is read shows in the next one.
            if limit.hasPassed { for process in members { kill(process, SIGKILL) } }
            usleep(Self.pause)
        }
    }

    private var members: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter(isMember)
    }

    /// proc_pid_stat(5): after the name in parentheses come the state, the parent, the group and the session.
    private func isMember(_ process: Int32) -> Bool {
        let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &buffer, buffer.count)
        guard count > 0, let name = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return false }
        let fields = buffer[(name + 1)..<count].split(separator: UInt8(ascii: " "), maxSplits: 4)
        guard fields.count > 3, fields[0] != [UInt8(ascii: "Z")], fields[0] != [UInt8(ascii: "X")] else { return false }
        return String(decoding: fields[3], as: UTF8.self) == "\(leader)"
    }
}
