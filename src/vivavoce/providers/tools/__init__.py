"""What the AI can call: the tools file, HTTP tools and MCP servers. How a model calls them: providers/pydantic_ai."""
