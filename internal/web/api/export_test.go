package api

// Patterns are the addresses that answer, as net/http writes them.
func Patterns() (list []string) {
	for _, r := range routes {
		list = append(list, r.pattern)
	}
	return list
}
