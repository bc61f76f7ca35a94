package dev.remit.cedar.expr;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.Outcome;

/** The variables of the language. */
enum Variable implements Expression {
  PRINCIPAL {
    @Override
    public Outcome eval(Facts facts) {
      return facts.principal();
    }
  },
  ACTION {
    @Override
    public Outcome eval(Facts facts) {
      return facts.action();
    }
  },
  RESOURCE {
    @Override
    public Outcome eval(Facts facts) {
      return facts.resource();
    }
  },
  CONTEXT {
    @Override
    public Outcome eval(Facts facts) {
      return facts.context();
    }
  }
}
