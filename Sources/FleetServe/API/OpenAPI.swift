import FleetBase

/// The description of the API in OpenAPI 3.1, made of the routes that answer it.
struct OpenAPI {
    let routes: [Route]
    let version: String

    var document: JSONValue {
        var paths: [String: JSONValue] = [:]
        for route in routes {
            guard let help = route.help else { continue }
            let path = "/" + route.path.joined(separator: "/")
            paths[path] = (paths[path] ?? [:]).placing(operation(route, help), at: [route.method.lowercased()])
        }
        return [
            "openapi": "3.1.0", "info": ["title": "fleet", "version": .string(version)], "paths": .object(paths),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": .object(ViewSchemas.all.merging(["Problem": problem]) { $1 }),
            ],
        ]
    }

    private var problem: JSONValue {
        [
            "type": "object", "required": ["error", "hint"], "additionalProperties": false,
            "properties": ["error": ["type": "string"], "hint": .orNull("string"), "field": ["type": "string"]],
        ]
    }

    private func operation(_ route: Route, _ help: String) -> JSONValue {
        let inPath = route.path.filter { $0.hasPrefix("{") }.map { part -> JSONValue in
            [
                "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"],
            ]
        }
        let inQuery = route.queries.map { query -> JSONValue in
            ["name": .string(query.name), "in": "query", "schema": query.schema, "description": .string(query.help)]
        }
        var members: [String: JSONValue] = [
            "summary": .string(help), "responses": responses(route), "parameters": .array(inPath + inQuery),
        ]
        if case .known = route.access { members["security"] = [["token": []]] }
        if let body = route.body {
            members["requestBody"] = ["required": true, "content": ["application/json": ["schema": body.schema]]]
        }
        return .object(members)
    }

    private func responses(_ route: Route) -> JSONValue {
        let problem: JSONValue = [
            "description": "what was wrong, and what to do",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
        let reply = route.reply
        let success: JSONValue = [
            "description": "the answer", "content": .object([reply.type: ["schema": reply.schema]]),
        ]
        return .object(["\(reply.status)": success, "4XX": problem, "5XX": problem])
    }
}
