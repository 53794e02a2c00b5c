import FleetCommands
import Glibc

@main struct Fleet {
    static func main() async {
        // Not exit(3): its handlers take libcrypto apart while a loop may still say goodbye to a jump host. Everything
        // was written by write(2).
        _exit(await FleetProgram.main(Array(CommandLine.arguments.dropFirst())))
    }
}
