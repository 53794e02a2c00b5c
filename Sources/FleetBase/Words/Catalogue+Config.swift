extension Catalogue {
    static let config: [Entry] = [
    ]
}
