extension Catalogue {
    static let ssh: [Entry] = []
}
