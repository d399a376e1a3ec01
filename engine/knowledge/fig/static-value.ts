import type * as acorn from 'acorn';
import { callMethod } from './static-methods';
import {
  isObject,
  type Names,
  PARTIAL,
  StaticFunction,
  type StaticObject,
  UNKNOWN,
  type Value,
} from './static-types';

/** Deeper nesting of calls than any spec has; stops helpers that call themselves. */
const DEEPEST = 40;
let depth = 0;

/** Names of one block. A variable is evaluated when it is first asked for, so the order of declarations is free. */
class Scope implements Names {
  private readonly pending = new Map<string, acorn.Expression>();
  private readonly known = new Map<string, Value>();

  constructor(private readonly parent: Names | null) {}

  declare(statement: acorn.Statement | acorn.ModuleDeclaration): void {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (id.type === 'Identifier' && init) this.pending.set(id.name, init);
        else if (init) bind(id, evaluate(init, this), this);
      }
    } else if (statement.type === 'FunctionDeclaration') {
      this.known.set(statement.id.name, new StaticFunction(statement, this));
    }
  }

  set(name: string, value: Value): void {
    this.known.set(name, value);
  }

  get(name: string): Value {
    const expression = this.pending.get(name);
    if (expression) {
      this.pending.delete(name);
      // A name that needs itself stays unknown.
      this.known.set(name, UNKNOWN);
      this.known.set(name, evaluate(expression, this));
    }
    if (this.known.has(name)) return this.known.get(name);
    return this.parent ? this.parent.get(name) : name === 'undefined' ? undefined : UNKNOWN;
  }
}

function bind(pattern: acorn.Pattern, value: Value, scope: Scope): void {
  if (pattern.type === 'Identifier') scope.set(pattern.name, value);
  else if (pattern.type === 'AssignmentPattern') {
    bind(pattern.left, value === undefined ? evaluate(pattern.right, scope) : value, scope);
  } else if (pattern.type === 'ArrayPattern') {
    pattern.elements.forEach((element, at) => {
      if (element) bind(element, Array.isArray(value) ? value[at] : UNKNOWN, scope);
    });
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') bind(property.argument, UNKNOWN, scope);
      else {
        const key = propertyKey(property, scope);
        bind(property.value, isObject(value) && key !== null ? value[key] : UNKNOWN, scope);
      }
    }
  }
}

function propertyKey(property: acorn.Property | acorn.AssignmentProperty, scope: Scope): string | null {
  if (!property.computed && property.key.type === 'Identifier') return property.key.name;
  const key = evaluate(property.key as acorn.Expression, scope);
  return typeof key === 'string' || typeof key === 'number' ? String(key) : null;
}

/** Follows a call of a function that only declares constants and returns an expression; others are unknown. */
export function callStatic(callee: Value, values: readonly Value[]): Value {
  if (!(callee instanceof StaticFunction) || depth >= DEEPEST) return UNKNOWN;
  if (callee.node.async || callee.node.generator) return UNKNOWN;
  depth += 1;
  try {
    return followCall(callee, values);
  } finally {
    depth -= 1;
  }
}

function followCall({ node, scope: outside }: StaticFunction, values: readonly Value[]): Value {
  const scope = new Scope(outside);
  node.params.forEach((parameter, at) => {
    if (parameter.type === 'RestElement') bind(parameter.argument, values.slice(at), scope);
    else bind(parameter, values[at], scope);
  });
  if (node.body.type !== 'BlockStatement') return evaluate(node.body, scope);
  for (const statement of node.body.body) {
    if (statement.type === 'ReturnStatement') {
      return statement.argument ? evaluate(statement.argument, scope) : undefined;
    }
    if (statement.type !== 'VariableDeclaration' && statement.type !== 'FunctionDeclaration') return UNKNOWN;
    scope.declare(statement);
  }
  return undefined;
}

function evaluateList(elements: readonly (acorn.Expression | acorn.SpreadElement | null)[], scope: Scope) {
  const list: Value[] = [];
  for (const element of elements) {
    if (!element) list.push(undefined);
    else if (element.type === 'SpreadElement') {
      const spread = evaluate(element.argument, scope);
      if (Array.isArray(spread)) list.push(...spread);
      else list.push(UNKNOWN);
    } else list.push(evaluate(element, scope));
  }
  return list;
}

function evaluateObject(node: acorn.ObjectExpression, scope: Scope): StaticObject {
  const object: StaticObject = {};
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(property.argument, scope);
      if (isObject(spread)) Object.assign(object, spread);
      else if (spread !== undefined && spread !== null && spread !== false) object[PARTIAL] = true;
      continue;
    }
    const key = propertyKey(property, scope);
    if (key === null) object[PARTIAL] = true;
    else if (key !== '__proto__') object[key] = evaluate(property.value, scope);
  }
  return object;
}

function evaluateTemplate(node: acorn.TemplateLiteral, scope: Scope): Value {
  let text = node.quasis[0]?.value.cooked ?? '';
  for (const [at, expression] of node.expressions.entries()) {
    const value = evaluate(expression, scope);
    if (typeof value !== 'string' && typeof value !== 'number') return UNKNOWN;
    text += String(value) + (node.quasis[at + 1]?.value.cooked ?? '');
  }
  return text;
}

function evaluateBinary(node: acorn.BinaryExpression, scope: Scope): Value {
  if (node.left.type === 'PrivateIdentifier') return UNKNOWN;
  const left = evaluate(node.left, scope);
  const right = evaluate(node.right, scope);
  const plain = (value: Value) => ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
  if (!plain(left) || !plain(right)) return UNKNOWN;
  if (node.operator === '===' || node.operator === '==') return left === right;
  if (node.operator === '!==' || node.operator === '!=') return left !== right;
  if (node.operator !== '+') return UNKNOWN;
  return typeof left === 'number' && typeof right === 'number'
    ? left + right
    : `${String(left)}${String(right)}`;
}

function evaluateLogical(node: acorn.LogicalExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope);
  if (left === UNKNOWN) return UNKNOWN;
  const takesLeft =
    node.operator === '||'
      ? Boolean(left)
      : node.operator === '&&'
        ? !left
        : left !== undefined && left !== null;
  return takesLeft ? left : evaluate(node.right, scope);
}

function evaluateMember(node: acorn.MemberExpression, scope: Scope): Value {
  if (node.object.type === 'Super' || node.property.type === 'PrivateIdentifier') return UNKNOWN;
  const object = evaluate(node.object, scope);
  const key = node.computed
    ? evaluate(node.property, scope)
    : node.property.type === 'Identifier'
      ? node.property.name
      : UNKNOWN;
  if (typeof key !== 'string' && typeof key !== 'number') return UNKNOWN;
  if (isObject(object))
    return Object.hasOwn(object, key) ? object[key] : object[PARTIAL] ? UNKNOWN : undefined;
  if (Array.isArray(object))
    return key === 'length' ? object.length : typeof key === 'number' ? object[key] : UNKNOWN;
  return UNKNOWN;
}

function evaluateCall(node: acorn.CallExpression, scope: Scope): Value {
  const { callee } = node;
  if (callee.type === 'Super') return UNKNOWN;
  const values = () => evaluateList(node.arguments, scope);
  if (callee.type !== 'MemberExpression') return callStatic(evaluate(callee, scope), values());
  if (callee.computed || callee.property.type !== 'Identifier' || callee.object.type === 'Super')
    return UNKNOWN;
  const method = callee.property.name;
  if (callee.object.type === 'Identifier' && callee.object.name === 'Object') {
    return callMethod('Object', method, values(), callStatic);
  }
  const object = evaluate(callee.object, scope);
  const own = isObject(object) ? object[method] : undefined;
  return own instanceof StaticFunction
    ? callStatic(own, values())
    : callMethod(object, method, values(), callStatic);
}

/** The value of an expression as far as it can be read off the syntax; nothing is executed. */
export function evaluate(node: acorn.Expression, scope: Scope): Value {
  switch (node.type) {
    case 'Literal':
      return node.value instanceof RegExp || typeof node.value === 'bigint' ? UNKNOWN : node.value;
    case 'TemplateLiteral':
      return evaluateTemplate(node, scope);
    case 'Identifier':
      return scope.get(node.name);
    case 'ArrayExpression':
      return evaluateList(node.elements, scope);
    case 'ObjectExpression':
      return evaluateObject(node, scope);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return new StaticFunction(node, scope);
    case 'ConditionalExpression': {
      const test = evaluate(node.test, scope);
      return test === UNKNOWN ? UNKNOWN : evaluate(test ? node.consequent : node.alternate, scope);
    }
    case 'UnaryExpression': {
      const value = evaluate(node.argument, scope);
      if (node.operator === 'void') return undefined;
      if (node.operator === '!' && value !== UNKNOWN) return !value;
      return node.operator === '-' && typeof value === 'number' ? -value : UNKNOWN;
    }
    case 'BinaryExpression':
      return evaluateBinary(node, scope);
    case 'LogicalExpression':
      return evaluateLogical(node, scope);
    case 'MemberExpression':
      return evaluateMember(node, scope);
    case 'CallExpression':
      return evaluateCall(node, scope);
    default:
      return UNKNOWN;
  }
}

/** The default export of a module. */
export function defaultExport(program: acorn.Program): Value {
  const scope = new Scope(null);
  let exported: acorn.Expression | null = null;
  for (const statement of program.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      const specifier = statement.specifiers.find(
        (one) => one.exported.type === 'Identifier' && one.exported.name === 'default',
      );
      if (specifier?.local.type === 'Identifier') exported = specifier.local;
      if (statement.declaration) scope.declare(statement.declaration);
    } else if (statement.type === 'ExportDefaultDeclaration') {
      if (/Expression$|^Identifier$/.test(statement.declaration.type)) {
        exported = statement.declaration as acorn.Expression;
      }
    } else scope.declare(statement);
  }
  return exported ? evaluate(exported, scope) : UNKNOWN;
}
