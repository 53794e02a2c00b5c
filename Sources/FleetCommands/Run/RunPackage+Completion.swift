import FleetArguments
import FleetReleases

extension RunPackage: OptionsAtRunTime {
    /// The parameters of the package, when one is named and can be read.
    func optionsAtRunTime(_ context: CommandContext) -> [DynamicOption] {
        guard let name, let project = try? context.project(global),
            let file = try? PackageBuilder(project).file(name)
        else { return [] }
        return file.dynamicOptions
    }
}
