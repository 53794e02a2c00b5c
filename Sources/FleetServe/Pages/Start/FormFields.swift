import FleetBase
import FleetConfig
import FleetReport

/// Fields of a form. The script reads each by its `data-kind`, and puts what the server says of it into the element whose
/// `data-error` has its name.
struct FormFields {
    let words: PageWords

    func text(
        _ name: String, _ label: String, kind: String = "text", value: String, help: String? = nil,
        isRequired: Bool = false
    ) -> Markup {
        field(name, label, help: help) { described in
            Markup(
                "input",
                [
                    "id": name, "name": name, "type": "text", "value": value, "data-kind": kind,
                    "required": isRequired ? "" : nil, "aria-describedby": described, "autocomplete": "off",
                ])
        }
    }

    /// A parameter as its package declares it.
    ///
    /// - Parameter given: what stands there at first; the default when nil.
    func parameter(_ parameter: Parameter, given: String?) -> Markup {
        let name = "parameters.\(parameter.name)"
        let value = given ?? parameter.default?.description ?? ""
        let help = parameter.help?.text(in: words.language)
        switch parameter.kind {
        case .bool:
            return choice(name, parameter, ["true", "false"], value, help)
        case .choice(let choices): return choice(name, parameter, choices, value, help)
        case .int(let bounds):
            return number(name, parameter, value, bounds.minimum?.description, bounds.maximum?.description, help)
        case .float(let bounds):
            return number(name, parameter, value, bounds.minimum?.description, bounds.maximum?.description, help)
        case .string:
            return text(name, parameter.name, value: value, help: help, isRequired: parameter.isRequired)
        }
    }

    /// A number, or several: what they must be the server checks.
    private func number(
        _ name: String, _ parameter: Parameter, _ value: String, _ least: String?, _ most: String?, _ help: String?
    ) -> Markup {
        let range = least.map { "\($0) – \(most ?? "…")" } ?? most.map { "… – \($0)" }
        let hints = [help, range].compactMap(\.self).joined(separator: " · ")
        return field(name, parameter.name, help: hints.isEmpty ? nil : hints) { described in
            Markup(
                "input",
                [
                    "id": name, "name": name, "type": "text", "value": value, "data-kind": "text",
                    "required": parameter.isRequired ? "" : nil, "aria-describedby": described,
                    "autocomplete": "off",
                ])
        }
    }

    /// One of some values, or several of them.
    private func choice(
        _ name: String, _ parameter: Parameter, _ choices: [String], _ value: String, _ help: String?
    ) -> Markup {
        let given = Set(value.split { $0 == "," || $0 == " " }.map(String.init))
        let boxes = choices.map { box(name, $0, $0, kind: "values", isOn: given.contains($0)) }
        return Markup(
            "div",
            [
                "class": "field", "role": "group", "aria-labelledby": "\(name)-label",
                "aria-describedby": "\(name)-help \(name)-error",
            ],
            [
                Markup("span", ["id": "\(name)-label", "class": "label"], parameter.name),
                Markup("div", ["class": "values"], boxes),
                Markup("p", ["id": "\(name)-help", "class": "faint"], help ?? ""), error(name),
            ])
    }

    private func field(
        _ name: String, _ label: String, help: String?, _ input: (_ described: String) -> Markup
    ) -> Markup {
        Markup(
            "div", ["class": "field"],
            [Markup("label", ["for": name], label), input("\(name)-help \(name)-error")]
                + [
                    Markup("p", ["id": "\(name)-help", "class": "faint"], help ?? ""),
                    error(name),
                ])
    }

    private func error(_ name: String) -> Markup {
        Markup("p", ["id": "\(name)-error", "class": "error", "data-error": name, "role": "alert"], "")
    }

    /// Boxes of which at least one is ticked.
    func group(_ name: String, _ label: String, _ boxes: [Markup]) -> Markup {
        Markup(
            "fieldset", ["data-group": name, "aria-describedby": "\(name)-error"],
            [
                Markup("legend", [:], label),
                Markup(
                    "p", ["class": "line"],
                    [
                        Markup("button", ["type": "button", "data-tick": "all"], words(Message("all"))),
                        Markup("button", ["type": "button", "data-tick": "none"], words(Message("none"))),
                    ]), Markup("div", ["class": "boxes"], boxes), error(name),
            ])
    }

    func box(_ name: String, _ value: String, _ label: String, kind: String = "texts", isOn: Bool) -> Markup {
        Markup(
            "label", ["class": "box"],
            [
                Markup(
                    "input",
                    [
                        "type": "checkbox", "name": name, "value": value, "data-kind": kind,
                        "checked": isOn ? "" : nil,
                    ]), Markup(text: " " + label),
            ])
    }

    func flag(_ name: String, _ label: String, isOn: Bool = false) -> Markup {
        Markup(
            "label", ["class": "box"],
            [
                Markup(
                    "input",
                    ["type": "checkbox", "name": name, "data-kind": "flag", "checked": isOn ? "" : nil]),
                Markup(text: " " + label),
            ])
    }

    /// The button, and what can't be said of one field.
    func end(_ text: String) -> Markup {
        Markup(
            "div", ["class": "end"],
            [
                Markup("button", ["type": "submit", "class": "main"], text),
                Markup("p", ["class": "error", "data-error": "", "role": "alert"], ""),
            ])
    }
}
