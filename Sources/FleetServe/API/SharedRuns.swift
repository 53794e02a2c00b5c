import FleetBase
import FleetService

extension FleetService {
    /// A run that everybody with the token may see: all but those of chats, whose questions and answers are one visitor's.
    ///
    /// - Throws: for a run that there is not, and for one of a chat.
    func sharedRun(_ name: String) async throws -> RunRecord {
        let record = try await ask(RunQuery(name))
        guard record.run.command != ChatRoom.command else {
            throw Problem(404, Message("the run \(record.run.id) belongs to a chat"))
        }
        return record
    }
}
