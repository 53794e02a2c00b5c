package main

import (
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Options are the parameters as package.yaml declares them.
type Options struct {
	question, model             string
	stream                      bool
	attempts                    int
	backoff, patience, simulate float64
	// url is where the question goes, host and place name it in messages.
	url, host, place string
}

var defaults = map[string]string{
	"question": "",
	"model":    "gemini-2.5-flash",
	"base-url": "https://generativelanguage.googleapis.com/v1beta",
	"stream":   "true",
	"attempts": "4",
	"backoff":  "1",
	"patience": "60",
	"simulate": "0",
}

var (
	wholeForm   = regexp.MustCompile(`^[1-9][0-9]{0,8}$`)
	decimalForm = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,9})?$`)
	modelForm   = regexp.MustCompile(`^((models|tunedModels)/)?[A-Za-z0-9._-]+$`)
)

func readOptions(words []string) (*Options, *Problem) {
	texts, problem := readTexts(words)
	if problem != nil {
		return nil, problem
	}
	options := &Options{question: texts["question"], model: texts["model"], stream: texts["stream"] == "true"}
	if texts["stream"] != "true" && texts["stream"] != "false" {
		return nil, fail("usage", "--stream must be true or false")
	}
	if !wholeForm.MatchString(texts["attempts"]) {
		return nil, fail("usage", "--attempts must be a whole number, at least 1")
	}
	options.attempts, _ = strconv.Atoi(texts["attempts"])
	numbers := []struct {
		name  string
		value *float64
	}{{"backoff", &options.backoff}, {"patience", &options.patience}, {"simulate", &options.simulate}}
	for _, number := range numbers {
		if !decimalForm.MatchString(texts[number.name]) {
			return nil, fail("usage", "--"+number.name+" must be a number of seconds")
		}
		*number.value, _ = strconv.ParseFloat(texts[number.name], 64)
	}
	if !(options.patience > 0) {
		return nil, fail("usage", "--patience must be more than 0")
	}
	if !modelForm.MatchString(options.model) {
		return nil, fail("usage", "--model must be a name such as gemini-2.5-flash")
	}
	return options, options.readURL(texts["base-url"])
}

func readTexts(words []string) (map[string]string, *Problem) {
	texts := map[string]string{}
	for name, text := range defaults {
		texts[name] = text
	}
	for len(words) > 0 {
		name, value, hasValue := strings.Cut(words[0], "=")
		words = words[1:]
		bare := strings.TrimPrefix(name, "--")
		if _, isKnown := texts[bare]; !isKnown || bare == name {
			return nil, fail("usage", "unknown parameter "+name)
		}
		if !hasValue {
			if len(words) == 0 {
				return nil, fail("usage", name+" needs a value")
			}
			value, words = words[0], words[1:]
		}
		texts[bare] = value
	}
	return texts, nil
}

func (options *Options) readURL(text string) *Problem {
	address, err := url.Parse(text)
	isKnown := err == nil && (address.Scheme == "http" || address.Scheme == "https") && address.Hostname() != ""
	if !isKnown || address.RawQuery != "" || address.Fragment != "" || address.User != nil {
		return fail("usage", "--base-url must be an address such as https://example.org/v1beta")
	}
	port := address.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[address.Scheme]
	}
	path := strings.TrimRight(address.EscapedPath(), "/")
	if path == "" {
		path = "/v1beta"
	}
	model := options.model
	if !strings.Contains(model, "/") {
		model = "models/" + model
	}
	call := ":generateContent"
	if options.stream {
		call = ":streamGenerateContent?alt=sse"
	}
	options.host, options.place = address.Hostname(), address.Hostname()+":"+port
	options.url = address.Scheme + "://" + net.JoinHostPort(address.Hostname(), port) + path + "/" + model + call
	return nil
}
