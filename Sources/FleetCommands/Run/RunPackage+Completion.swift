import FleetArguments
import FleetService

extension RunPackage: OptionsAtRunTime {
    /// The parameters of the package, when one is named and can be read.
    func optionsAtRunTime(_ context: CommandContext) -> [DynamicOption] {
        guard let name, let project = try? context.project(global),
            let file = try? project.packageFile(named: name)
        else { return [] }
        return file.dynamicOptions
    }
}
