extern alias compiler;

using compiler::Helu.Analyzers;
using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Testing;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix of HELU0008 makes the class and the types around it partial, and changes nothing else.</summary>
public class MakePartialTests
{
    private const string Forward = " : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x.relu(); }";

    [Theory]
    [InlineData("class {|HELU0008:Net|}()", "partial class Net()")]
    [InlineData("public class {|HELU0008:Net|}()", "public partial class Net()")]
    [InlineData("public sealed class {|HELU0008:Net|}()", "public sealed partial class Net()")]
    [InlineData("public unsafe  class  {|HELU0008:Net|}()", "public unsafe  partial class  Net()")]
    [InlineData("class {|HELU0008:@class|}()", "partial class @class()")]
    public Task Partial_is_the_last_modifier(string before, string after) =>
        Check("[Activation(Kind.HeLU)] " + before + Forward, "[Activation(Kind.HeLU)] " + after + Forward);

    [Fact]
    public Task Comments_attributes_and_line_breaks_stay() => Check(
        """
        // above
        /// <summary>A net.</summary>
        [Activation(Kind.HeLU)] // beside
        [Obsolete]
            // before the keyword
            class /* after it */ {|HELU0008:Net|}()
        """ + Forward,
        """
        // above
        /// <summary>A net.</summary>
        [Activation(Kind.HeLU)] // beside
        [Obsolete]
            // before the keyword
            partial class /* after it */ Net()
        """ + Forward);

    [Fact]
    public Task Modifiers_on_lines_of_their_own_stay_there() => Check(
        """
        [Activation(Kind.HeLU)]
        #pragma warning disable CS0618
        public
            sealed // not to be inherited
            class {|HELU0008:Net|}()
        """ + Forward,
        """
        [Activation(Kind.HeLU)]
        #pragma warning disable CS0618
        public
            sealed // not to be inherited
            partial class Net()
        """ + Forward);

    [Fact]
    public Task Every_kind_of_type_around_the_class_becomes_partial_and_those_that_are_stay() => Check(
        """
        namespace Company
        {
            public static class Models
            {
                // records
                record Family<T>
                {
                    internal readonly record struct Small
                    {
                        interface IAll
                        {
                            partial struct Already
                            {
                                ref struct Span
                                {
                                    [Activation(Kind.HeLU)]
                                    private class {|HELU0008:Net|}()
        """ + Forward + "}}}}}}}",
        """
        namespace Company
        {
            public static partial class Models
            {
                // records
                partial record Family<T>
                {
                    internal readonly partial record struct Small
                    {
                        partial interface IAll
                        {
                            partial struct Already
                            {
                                ref partial struct Span
                                {
                                    [Activation(Kind.HeLU)]
                                    private partial class Net()
        """ + Forward + "}}}}}}}");

    [Fact]
    public Task A_class_that_is_partial_in_one_that_is_not_stays_as_it_is_in_all_its_parts() => Check(
        "record class Models { [Activation(Kind.HeLU)] public partial class {|HELU0008:Net|}()" + Forward + " partial class Net { int parts; } }",
        "partial record class Models { [Activation(Kind.HeLU)] public partial class Net()" + Forward + " partial class Net { int parts; } }");

    [Fact]
    public Task Fixing_all_makes_a_shared_outer_class_partial_once()
    {
        string[] classes = [.. Enumerable.Range(0, 4).Select(i => $"\n    [Activation(Kind.HeLU)] public class {{|HELU0008:Net{i}|}}()" + Forward)];
        string program = "public class Models\n{" + string.Concat(classes) + "\n    public class Inner\n    {" + classes[0].Replace("Net0", "Net5", StringComparison.Ordinal) + "\n    }\n}";
        return Check(program, Unmarked(program).Replace("public class", "public partial class", StringComparison.Ordinal));
    }

    [Fact]
    public Task Fixing_all_of_a_model_that_holds_its_parts_makes_each_partial_once() => Check(
        "[Activation(Kind.HeLU)] class {|HELU0008:Net|}() : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x.relu(); [Activation(Kind.HeLU)] class {|HELU0008:Block|}()" + Forward + "}",
        "[Activation(Kind.HeLU)] partial class Net() : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x.relu(); [Activation(Kind.HeLU)] partial class Block()" + Forward + "}");

    [Fact]
    public Task Fixing_all_reaches_every_file_and_leaves_other_parts_of_a_class_alone() => new FixTest<InferenceClassAnalyzer, MakePartialCodeFixProvider>(
        [
            WithUsings("[Activation(Kind.HeLU)] class {|HELU0008:A|}()" + Forward),
            WithUsings("[Activation(Kind.HeLU)] class {|HELU0008:B|}()" + Forward + " class Other;"),
            "partial class Parts { class Unrelated; }",
            WithUsings("partial class Parts { [Activation(Kind.HeLU)] class {|HELU0008:C|}()" + Forward + "}"),
        ],
        [
            WithUsings("[Activation(Kind.HeLU)] partial class A()" + Forward),
            WithUsings("[Activation(Kind.HeLU)] partial class B()" + Forward + " class Other;"),
            "partial class Parts { class Unrelated; }",
            WithUsings("partial class Parts { [Activation(Kind.HeLU)] partial class C()" + Forward + "}"),
        ]).RunAsync();

    [Fact]
    public Task The_title_names_the_types() => new FixTest<InferenceClassAnalyzer, MakePartialCodeFixProvider>(
        [WithUsings("class Models { partial class Vision { [Activation(Kind.HeLU)] class {|HELU0008:Net|}()" + Forward + "} }")],
        [WithUsings("partial class Models { partial class Vision { [Activation(Kind.HeLU)] partial class Net()" + Forward + "} }")])
    {
        CodeActionVerifier = (CodeAction action, IVerifier verifier) => verifier.Equal("Make 'Models' and 'Net' partial", action.Title),
    }.RunAsync();

    private static Task Check(string before, string after) => new FixTest<InferenceClassAnalyzer, MakePartialCodeFixProvider>([WithUsings(before)], [WithUsings(after)]).RunAsync();

    private static string Unmarked(string source) => System.Text.RegularExpressions.Regex.Replace(source, @"\{\|HELU\d+:|\|\}", "");
}
