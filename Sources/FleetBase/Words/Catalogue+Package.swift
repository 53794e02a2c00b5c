extension Catalogue {
    static let `package`: [Entry] = [
    ]
}
