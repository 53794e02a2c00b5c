package import FleetEvents
package import FleetLedger

extension EventSource {
    /// Tells how an attempt stands, once it is written down.
    package func tell(_ attempt: Attempt) {
        switch attempt.state {
        case .planned: tell(.attemptQueued(Event.AttemptNews(attempt)))
        case .sent: break
        case .running: tell(.attemptStarted(Event.AttemptNews(attempt)))
        case .done, .failed, .cancelled, .lost: tell(.attemptEnded(Event.AttemptNews(attempt)))
        }
    }
}
