//! The table of diagnostic codes: one row each, never renumbered, never reused.
//!
//! `E01xx` text and layout, `E02xx` syntax, `E03xx` names and types, `E04xx` declarations,
//! `E05xx` control flow, `E06xx` modules, `E07xx` limits; `W` for warnings.

/// Calls `$with!` with every row: number, identifier, title.
#[macro_export]
macro_rules! for_each_code {
    ($with:ident) => {
        $with! {
            E0101 InvalidUtf8 "the file is not UTF-8";
            E0102 OddCharacter "a character without meaning";
            E0103 MixedIndentation "tabs and spaces are mixed";
            E0104 InconsistentDedent "indentation that fits no open block";
            E0105 UnexpectedIndent "a line is indented without reason";
            E0106 UnterminatedString "a string without its end";
            E0107 BadFString "a malformed f-string";
            E0108 BadEscape "an unknown or malformed escape";
            E0109 BadNumber "a malformed number";
            E0110 NumberOutOfRange "a number too large for its type";
            E0111 UnclosedBracket "a bracket without its end";
            E0112 MismatchedCloser "a bracket closed by one of another kind";
            E0113 StrayCloser "a closing bracket that closes nothing";
            E0114 Continuation "a misplaced backslash";
            E0115 StringPrefix "no such string prefix";
            E0116 ForeignComment "a comment as in another language";
            E0117 ForeignOperator "an operator as in another language";
            E0118 BraceBlock "a block in braces";
            E0201 Expected "something else is expected here";
            E0202 ForeignKeyword "a keyword as in another language";
            E0203 ForeignLiteral "a constant as in another language";
            E0204 MissingLet "a declaration without `let`";
            E0205 ForeignDeclaration "a declaration as in another language";
            E0206 Semicolon "a semicolon ends no statement";
            E0207 MissingColon "a block without its colon";
            E0208 AssignInCondition "an assignment where a comparison is meant";
            E0209 BadTarget "an assignment to what is no place";
            E0210 ReservedWord "a reserved word as a name";
            E0211 MissingBlock "a block without statements";
            E0212 Absent "the language has no such thing";
            E0213 Misplaced "something stands where it cannot";
            E0214 BadParameter "a malformed parameter list";
            E0215 BadArgument "a malformed argument list";
            E0216 BadPattern "a malformed pattern";
            E0217 BadType "a malformed type";
            E0218 BadAnnotation "a malformed or unknown annotation";
            E0219 AdjacentStrings "strings side by side";
            E0220 ForeignImport "an import as in another language";
            E0221 ForeignStatement "a statement as in another language";
            E0222 BadTry "a `try` without a handler, or handlers out of order";
            E0223 Reserved "syntax that is reserved for later";
            E0301 Mismatch "a value of another type was promised";
            E0302 UnknownName "no such name in scope";
            E0303 UnknownMember "no such field, method or member";
            E0304 Operator "the operator does not take these types";
            E0305 NotCallable "what is called is not a function";
            E0306 ArgumentCount "too few or too many arguments";
            E0307 ArgumentName "a named argument without its parameter";
            E0308 Condition "a condition that is not a bool";
            E0309 NotIterable "a `for` over what has no elements";
            E0310 NotIndexable "an index into what has no elements";
            E0311 NoValue "a value is needed where there is none";
            E0312 Undecided "nothing decides the type";
            E0313 NotAssignable "an assignment to what cannot be assigned";
            E0314 Unpack "the pattern has another number of parts than the tuple";
            E0315 NotHashable "the type cannot be a key";
            E0316 NotOrdered "the type has no order";
            E0317 Cast "no such conversion";
            E0318 UnknownType "no such type";
            E0319 NoOverload "no form of the built-in takes these arguments";
            E0320 ForeignSpelling "spelled as in another language";
            E0321 FormatSpec "a format specification that does not fit";
            E0322 NotAValue "a type or module where a value is needed";
            E0323 TupleIndex "a tuple index that names no member";
            E0324 UsedEarly "a global is used before its `let`";
            E0325 MissingSelf "a method or field without `self`";
            E0326 FieldList "the fields of a literal do not fit the struct";
            E0327 NeverNull "a value that can never be null";
            E0328 MaybeNull "a value that may be null";
            E0329 NeverIs "a test or cast that cannot succeed";
            E0330 OpenTypeArgument "nothing decides a type argument";
            E0331 Bound "a type argument that its parameter does not admit";
            E0332 TypeArguments "type arguments in a number that does not fit";
            E0333 EndlessInstances "instances of a generic declaration without end";
            E0401 Duplicate "a name is declared twice";
            E0402 RecursiveType "a type alias that needs itself";
            E0403 Main "`main` with another signature";
            E0404 EnumValue "an enum value that is not a constant int of its own";
            E0405 ParameterList "parameters in an order that calls cannot use";
            E0406 ForeignType "a type that C does not have";
            E0407 Inheritance "a class derives from what it cannot derive from";
            E0408 MethodSignature "a method with a signature that it cannot have";
            E0409 AbstractClass "an object of a class with missing methods";
            E0410 FieldUnset "a field may be used before it is set";
            E0411 Super "`super` where there is no superclass";
            E0501 MissingReturn "a path through the function returns nothing";
            E0502 OutsideLoop "`break` or `continue` outside a loop";
            E0503 OutsideFunction "`return` outside a function";
            E0504 ReturnValue "`return` does not fit the function's result";
            E0505 NotExhaustive "a match that forgets members of its enum";
            E0506 Pattern "a pattern that does not fit the value";
            E0507 ThrowType "only errors can be thrown and caught";
            E0508 Rethrow "`throw` without value outside a `catch`";
            E0509 ZeroStep "a step of zero";
            E0601 UnknownModule "no such module";
            E0602 ImportCycle "modules that import each other";
            E0603 NotExported "a name that its module does not export";
            E0604 UnknownExport "a name that the module does not have";
            E0605 NotAModule "what stands in front of the dot is no module";
            E0606 UnreadableModule "a module whose file cannot be read";
            E0701 TooMuchSource "the source is too large";
            E0702 NestingTooDeep "nested too deeply";
            E0703 ExpressionTooLarge "an expression with too many operators";
            E0704 TooManyErrors "too many errors to show";
            E0790 TooManyVariables "a function with too many variables";
            E0791 FunctionTooLarge "a function too large to compile";
            W0501 Unreachable "code that never runs";
            W0502 UnreachableCase "a case that never fits first";
            W0503 NoEffect "a statement without effect";
        }
    };
}

macro_rules! define_codes {
    ($($number:ident $ident:ident $title:literal;)*) => {
        /// The code of a diagnostic.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code { $(#[doc = $title] $ident,)* }

        impl Code {
            /// Every code in table order.
            pub const ALL: &[Code] = &[$(Code::$ident),*];

            /// The stable number as shown to users: `E0301`.
            pub const fn number(self) -> &'static str {
                match self { $(Code::$ident => stringify!($number),)* }
            }

            /// What the code stands for, one line.
            pub const fn title(self) -> &'static str {
                match self { $(Code::$ident => $title,)* }
            }
        }
    };
}
for_each_code!(define_codes);
