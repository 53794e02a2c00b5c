import FleetBase

/// The hosts of the project's lab; empty where there is no lab.
package struct LabQuery: Query {
    package init() {}

    package func answer(by service: FleetService) async throws -> [LabMember] {
        let lab = service.project.lab
        return await ThreadExecutor.disk.run { LabMember.all(of: lab) }
    }
}
