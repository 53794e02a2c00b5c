package import FleetBase

extension BuiltPackage {
    /// Which of its engines are not in the package, or go without their image, and why.
    package var missingNotes: [Message] {
        missingEngines.map { missing in
            Message(
                "\(name) is packed without its engine \(missing.name): \(missing.tool), which builds that engine, is not on the PATH"
            )
        }
            + missingImages.map { missing in
                let reason = Message("\(missing.tool) is not on the PATH")
                return Message("the engine \(missing.name) of \(name) is packed without its image: \(reason)")
            }
    }
}
