extension Catalogue {
    static let commands: [Entry] = [
    ]
}
