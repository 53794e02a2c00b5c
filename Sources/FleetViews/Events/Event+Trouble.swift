package import FleetEvents

extension Event {
    /// Whether it says that something went wrong.
    package var isTrouble: Bool {
        switch kind {
        case .hostAbsent, .failure: true
        case .operationEnded(let end): end.state == .failed
        case .runEnded(let end): end.state == .failed
        case .attemptEnded(let news): news.failure != nil && news.state != .cancelled
        case .hostEnded(let end): end.failure != nil
        default: false
        }
    }
}
