import FleetBase

/// Why a model has not answered: the classes of `packages/ask`.
enum ModelProblem: String {
    case key, quota, unavailable, blocked, malformed, network, request, usage
    case timeOut = "time-out"

    func failure(_ reason: String) -> Failure {
        Failure(self == .timeOut ? .timeOut : .exit, Message("\(title): \(reason)"), hint: hint)
    }

    private var title: Message {
        switch self {
        case .key: Message("the key was not accepted")
        case .quota: Message("the quota is used up")
        case .unavailable: Message("the model is not available")
        case .blocked: Message("the model refuses to answer")
        case .malformed: Message("the answer is not what the API documents")
        case .network: Message("the model can't be reached from the host")
        case .request: Message("the model's service refuses the request")
        case .usage: Message("the worker can't use what it was given")
        case .timeOut: Message("the model did not answer in time")
        }
    }

    private var hint: Message {
        switch self {
        case .key: Message("check GEMINI_API_KEY; keys come from https://aistudio.google.com/apikey")
        case .quota: Message("try again later, or choose another model with --model")
        case .unavailable: Message("try again later, or more often with --attempts")
        case .blocked: Message("ask in other words")
        case .malformed: Message("is --base-url the address of a Gemini API?")
        case .network: Message("look at --base-url, and at the host's network")
        case .request, .usage: Message("look at --model and --base-url")
        case .timeOut: Message("give it longer with --patience")
        }
    }
}
