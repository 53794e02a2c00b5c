import FleetBase
import Glibc

/// Listens on a loopback address of this machine and hands each connection to an sshd inside a little machine: a
/// connection that was accepted out here works in there, although the networks do not meet.
package enum LabListener {
    /// A socket that listens already, so that a taken port is known at once, and nobody is refused before there is a
    /// process to accept.
    static func socket(on host: LabHost) throws(LabError) -> CInt {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        // Connections of the host before, which died, do not hold the port.
        var isReused: CInt = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<CInt>.size))
        guard socket >= 0, Loopback.bind(socket, to: host.address, port: host.port), listen(socket, 128) == 0,
            fcntl(socket, F_SETFD, FD_CLOEXEC) == 0
        else {
            let (code, reason) = (errno, Message(systemError: errno))
            close(socket)
            throw LabError(
                Message("nothing can listen on \(host.address):\(host.port): \(reason)"),
                isPortTaken: code == EADDRINUSE)
        }
        return socket
    }

    /// Accepts on standard input for ever.
    ///
    /// - Parameter session: the program that gets each connection as its standard input and output.
    package static func serve(_ session: [String]) {
        while true {
            let connection = accept(STDIN_FILENO, nil, nil)
            guard connection >= 0 else {
                if [EINTR, ECONNABORTED, EMFILE, ENFILE].contains(errno) { continue }
                return
            }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            let process = ChildProcess.spawn(
                session, descriptors: [STDIN_FILENO: connection, STDOUT_FILENO: connection], ownSession: true)
            close(connection)
            if let process { OwnThread.start { _ = ChildProcess.wait(process) } }
        }
    }
}
