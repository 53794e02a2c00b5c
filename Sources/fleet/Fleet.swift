import FleetCommands
import Glibc

@main struct Fleet {
    static func main() async {
        exit(await FleetProgram.main(Array(CommandLine.arguments.dropFirst())))
    }
}
