extension Catalogue {
    static let engine: [Entry] = []
}
