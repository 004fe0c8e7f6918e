using System.Globalization;
using Google.Protobuf;
using Helu.Onnx.Schema;

namespace Helu.Onnx.Files;

/// <summary>
/// Stores a model: everything is written beside the files that it replaces, and moved over them when it is complete. With external data two files are moved, one after the other; when the second
/// move fails, the first is taken back.
/// </summary>
internal static class OnnxFile
{
    /// <summary>What is added to the model's name for the file of its weights; PyTorch's custom.</summary>
    public const string DataSuffix = ".data";

    /// <summary>Tensors below stay in the model: a file offset would cost as much.</summary>
    private const int SmallestExternalBytes = 1024;

    /// <summary>The format asks for pages, so that a runtime can map them.</summary>
    private const int Alignment = 4096;

    public static void Write(OnnxModel model, string path, long externalDataThreshold, CancellationToken token)
    {
        string file = Path.GetFullPath(path), temporary = $"{file}.{Guid.NewGuid():N}.tmp", temporaryData = temporary + DataSuffix;
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist: {Path.GetDirectoryName(file)}");
        bool isExternal = model.WeightBytes > externalDataThreshold;
        try
        {
            if (isExternal)
                WriteStream(temporaryData, stream => WriteData(model, stream, Path.GetFileName(file) + DataSuffix, token));
            Inline(model, token);
            WriteStream(temporary, model.Proto.WriteTo);
            token.ThrowIfCancellationRequested();
            if (isExternal)
                MoveBoth(temporary, file, temporaryData, file + DataSuffix);
            else
                File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            // Nothing stands there any more after the move.
            File.Delete(temporary);
            File.Delete(temporaryData);
        }
    }

    /// <summary>Puts the data of the weights that have no place yet into the model.</summary>
    public static void Inline(OnnxModel model, CancellationToken token)
    {
        foreach ((TensorProto tensor, float[] data) in model.Weights.Where(weight => weight.Tensor.DataLocation == TensorProto.Types.DataLocation.Default))
        {
            token.ThrowIfCancellationRequested();
            tensor.RawData = TensorBytes.Of(tensor.DataType, data);
        }
    }

    private static void WriteData(OnnxModel model, Stream stream, string location, CancellationToken token)
    {
        var padding = new byte[Alignment];
        foreach ((TensorProto tensor, float[] data) in model.Weights.Where(weight => TensorBytes.Length(weight.Tensor, weight.Data) >= SmallestExternalBytes))
        {
            stream.Write(padding, 0, (int)((Alignment - (stream.Position % Alignment)) % Alignment));
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
            tensor.ExternalData.Add(Number("offset", stream.Position));
            tensor.ExternalData.Add(Number("length", TensorBytes.Length(tensor, data)));
            TensorBytes.Write(stream, tensor.DataType, data, token);
        }
    }

    private static StringStringEntryProto Number(string key, long value) => new() { Key = key, Value = value.ToString(CultureInfo.InvariantCulture) };

    private static void WriteStream(string file, Action<Stream> write)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static void MoveBoth(string model, string file, string data, string dataFile)
    {
        string old = data + ".old";
        bool hadData = File.Exists(dataFile), isDone = false;
        if (hadData)
            File.Move(dataFile, old);
        try
        {
            File.Move(data, dataFile);
            File.Move(model, file, overwrite: true);
            isDone = true;
        }
        finally
        {
            if (!isDone && hadData)
                File.Move(old, dataFile, overwrite: true);
            else if (!isDone)
                File.Delete(dataFile);
        }
        File.Delete(old);
    }
}
