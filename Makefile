# Aliases for those who are used to make; everything is done by ./regie.
.PHONY: start test demo check bench shell
start test demo check bench shell:
	@./regie $@
